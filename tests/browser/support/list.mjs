// One way to fail: a list of sentences that must be empty.
import assert from 'node:assert/strict';

export function none(complaints, what) {
  const shown = complaints.slice(0, 20).map((complaint) => `  ${complaint}`).join('\n');
  assert.equal(complaints.length, 0, `${what}: ${complaints.length}\n${shown}`);
}
