// Where things are: this folder, what it builds, what it measures.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const output = path.resolve(here, '../../build/bench');
export const pages = path.join(output, 'pages');
export const chromiumPath = process.env.CHROMIUM || '/usr/bin/chromium';
