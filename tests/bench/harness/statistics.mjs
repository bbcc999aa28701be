// Medians, and waiting.

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The median of those that are numbers; null when none is. */
export function median(values) {
  const sorted = values.filter((one) => typeof one === 'number' && !Number.isNaN(one)).sort((a, b) => a - b);
  if (!sorted.length) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const sum = (values) => values.reduce((total, one) => total + one, 0);
