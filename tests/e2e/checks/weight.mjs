// What a page costs to open, as the network saw it.

/** Watches all that is loaded from now on. Units: bytes of bodies as they came over the wire. */
export async function watchLoading(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const loads = new Map();
  const of = (id) => loads.get(id) ?? loads.set(id, { bytes: 0, cached: false }).get(id);
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => Object.assign(of(requestId), { url: request.url, method: request.method }));
  devtools.on('Network.requestServedFromCache', ({ requestId }) => { of(requestId).cached = true; });
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const load = of(requestId);
    load.cached = load.cached || response.fromDiskCache || response.fromPrefetchCache;
    load.type = response.mimeType;
    load.encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '';
  });
  devtools.on('Network.dataReceived', ({ requestId, encodedDataLength }) => { of(requestId).bytes += encodedDataLength; });
  // Of the page itself only the end is told, with its head.
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = of(requestId);
    load.done = true;
    if (!load.cached && !load.bytes) load.bytes = encodedDataLength;
  });
  return {
    all: () => Array.from(loads.values()).filter((load) => load.url?.startsWith('http')),
    files: function () { return this.all().filter((load) => /\.(wasm|js|css|svg)$/.test(new URL(load.url).pathname)); },
  };
}

const fileOf = (load) => new URL(load.url).pathname;

/** What is wrong with what was loaded until the list could be used. */
export function weightFaults(loading, most) {
  const faults = [];
  const came = loading.all().filter((load) => !load.cached);
  const sum = came.reduce((bytes, load) => bytes + load.bytes, 0);
  if (sum > most) faults.push(`${sum} bytes until the list can be used`);
  const seen = new Set();
  for (const load of came.filter((one) => one.method === 'GET' && !fileOf(one).startsWith('/api/'))) {
    if (seen.has(fileOf(load))) faults.push(`${fileOf(load)} is fetched twice`);
    seen.add(fileOf(load));
  }
  for (const load of loading.files().filter((one) => !one.cached && one.done)) {
    if (load.encoding !== 'br') faults.push(`${fileOf(load)} came as "${load.encoding}", not in brotli`);
  }
  return faults;
}
