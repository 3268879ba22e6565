// Somebody with a pencil: reads the grid of the printed sheet, and does what its three lines say by these numbers alone.
import assert from 'node:assert/strict';

/** How far apart two words of one line may stand in height, in points. */
const LINE = 4;

/**
 * The grid from the words of the page with their places: {numbers, marks, rows, times}, each by column; `rows` hold the weights
 * of one line each, 0 where the cell is empty.
 */
export function readGrid(words, timeLabel) {
  const lines = inLines(words);
  const head = lines.findIndex((line) => line[0].text === 'both' && line[1]?.text === 'one' && line.length > 2);
  assert.notEqual(head, -1, 'there is no grid on this side');
  const columns = lines[head].slice(2).map(({ left, right, text }) => ({ middle: (left + right) / 2, text }));
  const first = columns[0].middle - (columns[1].middle - columns[0].middle) / 2;
  const below = lines.slice(head + 1);
  const sums = below.findIndex((line) => line[0].text === 'Sum');
  const times = below.find((line) => line[0].text === timeLabel);
  return {
    numbers: columns.map(({ text }) => Number(text.replace('*', ''))),
    marks: columns.map(({ text }) => text.endsWith('*')),
    rows: below.slice(0, sums).map((line) => cells(line, columns, first).map((text) => Number(text ?? 0))),
    letters: below.slice(0, sums).map((line) => line[0].text),
    times: cells(times, columns, first).map((text) => (text === '–' ? null : Number(text))),
  };
}

function inLines(words) {
  const lines = [];
  for (const word of [...words].sort((a, b) => middle(a) - middle(b))) {
    const last = lines.at(-1);
    if (last && middle(word) - middle(last[0]) < LINE) last.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => line.sort((a, b) => a.left - b.left));
}

const middle = ({ top, bottom }) => (top + bottom) / 2;

/** What stands in each column of a line; nothing where the cell is empty. */
function cells(line, columns, first) {
  const found = columns.map(() => undefined);
  for (const { left, right, text } of line.filter((word) => word.left > first)) {
    const at = (left + right) / 2;
    const nearest = columns.reduce((best, { middle }, i) => (Math.abs(middle - at) < Math.abs(columns[best].middle - at) ? i : best), 0);
    assert.equal(found[nearest], undefined, `two numbers in a cell: ${text}`);
    found[nearest] = text;
  }
  return found;
}

/**
 * The three lines: the numbers of what comes first. `wishes` are the numbers that both ticked; `both` and `one` say of each row
 * whether both noticed it, and whether just one did.
 */
export function follow(grid, { wishes, both, one, goesOn }) {
  const places = grid.numbers.filter((number) => wishes.includes(number)).sort((a, b) => a - b);
  places.push(...largest(grid, both, places));
  if (goesOn && places.length < 3) places.push(...largest(grid, one, places));
  return places.slice(0, 3);
}

/** The columns that are left, the largest sum of these rows first; those with a star or without a sum stay out. */
function largest(grid, isRow, taken) {
  const sums = grid.numbers.map((_, column) => grid.rows.reduce((sum, row, i) => (isRow[i] ? sum + row[column] : sum), 0));
  return grid.numbers.map((_, column) => column)
    .filter((column) => sums[column] > 0 && !grid.marks[column] && !taken.includes(grid.numbers[column]))
    .sort((a, b) => sums[b] - sums[a] || (grid.times[a] ?? Infinity) - (grid.times[b] ?? Infinity) || grid.numbers[a] - grid.numbers[b])
    .map((column) => grid.numbers[column]);
}
