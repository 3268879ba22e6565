// One day in a calendar, as the text of an .ics file (RFC 5545). A calendar may be shared, shown on a lock screen or sent on, so
// the file holds a title, a day and nothing else: no alarm, no place, no address, and nothing that names the guide.
(function (/** @type {Hearth} */ hearth) {
  "use strict";

  /** In octets, without the line's end. */
  const LONGEST_LINE = 75;

  /**
   * @param {Appointment} appointment
   * @returns {string}
   */
  function write({ title, date, stamp, uid }) {
    const lines = [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Calendar//Event//EN",
      "BEGIN:VEVENT",
      `UID:${escapeText(uid)}`,
      `DTSTAMP:${stamp.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`,
      `DTSTART;VALUE=DATE:${date.replace(/-/g, "")}`,
      `DTEND;VALUE=DATE:${findNextDay(date).replace(/-/g, "")}`,
      `SUMMARY:${escapeText(title)}`,
      "TRANSP:TRANSPARENT",
      "CLASS:PRIVATE",
      "END:VEVENT",
      "END:VCALENDAR",
    ];
    return lines.map((line) => `${foldLine(line)}\r\n`).join("");
  }

  /**
   * An event of a whole day ends where the next day begins.
   * @param {string} date
   */
  function findNextDay(date) {
    const day = new Date(`${date}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) {
      throw new RangeError(`\`${date}\` is no day of the form YYYY-MM-DD`);
    }
    day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
  }

  /**
   * A line's end within a text is written as \n. Other control characters may not stand in a calendar, and go.
   * @param {string} text
   */
  function escapeText(text) {
    return text
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\r\n|[\r\n\u2028\u2029]/g, "\\n")
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
  }

  /**
   * Cuts a long line between characters, never within one: each further line begins with a space, which counts too.
   * @param {string} line
   */
  function foldLine(line) {
    let folded = "";
    let length = 0;
    for (const character of line) {
      const octets = countOctets(character);
      if (length + octets > LONGEST_LINE) {
        folded += "\r\n ";
        length = 1;
      }
      folded += character;
      length += octets;
    }
    return folded;
  }

  /**
   * How many octets a character takes in UTF-8.
   * @param {string} character
   */
  function countOctets(character) {
    return [0x80, 0x800, 0x10000].filter((most) => Number(character.codePointAt(0)) >= most).length + 1;
  }

  hearth.calendar = { write };
})(globalThis.hearth ??= /** @type {Hearth} */ ({}));
