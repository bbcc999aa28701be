// What each operation has to show, worked out here from the rows themselves: a candidate that shows anything else
// never finishes.

import { matches, token } from '../peers/shared/gen.js';

/** What is typed into the search field. */
export const searchKey = 'k';

const known = new Map();

function work(rows) {
  let count = 0;
  let firstHit = null;
  let firstLabel, lastLabel, firstExpiry;
  for (let i = 0; i < rows; i++) {
    const row = token(i, 0);
    if (matches(row, searchKey)) {
      count++;
      firstHit ??= row.tokenId;
    }
    if (!firstLabel || row.label < firstLabel.label) firstLabel = row;
    if (!lastLabel || row.label > lastLabel.label) lastLabel = row;
    if (!firstExpiry || row.expiresAt < firstExpiry.expiresAt) firstExpiry = row;
  }
  return {
    all: { count: rows, first: token(0, 0).tokenId },
    found: { count, first: firstHit },
    labelUp: { count: rows, first: firstLabel.tokenId },
    labelDown: { count: rows, first: lastLabel.tokenId },
    expiryUp: { count: rows, first: firstExpiry.tokenId },
  };
}

export function expectedOf(rows) {
  if (!known.has(rows)) known.set(rows, work(rows));
  return known.get(rows);
}
