// The evening in a calendar: a file that every calendar reads, and that says no more than its title and its day.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { hearth } from './support/load.mjs';
import { startRandom } from './support/random.mjs';

const { write } = hearth.calendar;
const random = startRandom();
const stamp = new Date(Date.UTC(2026, 9, 1, 18, 5, 9, 123));
const event = (change) => write({ title: 'Time for two', date: '2026-10-20', stamp, uid: '4f6a9c', ...change });
const unfold = (text) => text.replaceAll('\r\n ', '');
const summary = (text) => unfold(text).split('\r\n').find((line) => line.startsWith('SUMMARY:')).slice('SUMMARY:'.length);

test('the whole file', () => {
  assert.equal(event(), [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Calendar//Event//EN', 'BEGIN:VEVENT', 'UID:4f6a9c', 'DTSTAMP:20261001T180509Z',
    'DTSTART;VALUE=DATE:20261020', 'DTEND;VALUE=DATE:20261021', 'SUMMARY:Time for two', 'TRANSP:TRANSPARENT', 'CLASS:PRIVATE',
    'END:VEVENT', 'END:VCALENDAR', '',
  ].join('\r\n'));
});

test('the day after ends it, over the ends of months and years and in every leap year', () => {
  const ends = { '2026-12-31': '20270101', '2028-02-28': '20280229', '2028-02-29': '20280301', '2100-02-28': '21000301' };
  for (const [date, end] of Object.entries(ends)) assert.match(event({ date }), new RegExp(`DTEND;VALUE=DATE:${end}\r\n`));
});

test('a day that is none is refused', () => {
  for (const date of ['', '2026-02-30', '2026-13-01', '20.10.2026', '2026-10-20T19:00', '12026-10-20']) {
    assert.throws(() => event({ date }), /no day of the form/, date);
  }
});

test('a title with commas, lines and backslashes stays one title', () => {
  assert.equal(summary(event({ title: 'Tea; talk, \\ rest\r\nat\nhome\u0007' })), 'Tea\\; talk\\, \\\\ rest\\nat\\nhome');
});

test('nothing in a title or an id adds a line of its own', () => {
  const lines = (text) => unfold(text).split('\r\n').length;
  const attack = 'Tea\r\nBEGIN:VALARM\rURL:https://example.org\n\u2028ATTACH:x';
  assert.equal(lines(event({ title: attack, uid: attack })), lines(event()));
});

test('no line is longer than 75 octets, no character is cut, and the title is read back', () => {
  const letters = ['a', 'é', '茶', '🫖', ' ', ',', '\\', '👩‍👩‍👧', 'x'];
  for (let round = 0; round < 500; round++) {
    const title = Array.from({ length: random.below(200) }, () => random.pick(letters)).join('');
    const text = event({ title });
    for (const line of text.split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.ok(!Buffer.from(line).toString().includes('\ufffd'), line);
    }
    assert.equal(summary(text).replace(/\\(.)/g, '$1'), title);
  }
});

test('there is no alarm, no address and no name of a program', () => {
  assert.doesNotMatch(event(), /ALARM|URL|ATTACH|LOCATION|ORGANIZER|DESCRIPTION|betwixt|nearer|hearth/i);
});
