-- What wrk sends, from the environment, and what it measured, as one line of JSON.
-- LOAD_METHOD, LOAD_PATH, LOAD_HEADERS ("Name: value" lines), LOAD_BODIES (lines sent in turn).
local headers = {}
for name, value in (os.getenv('LOAD_HEADERS') or ''):gmatch('([^:\n]+): ([^\n]*)') do headers[name] = value end
local bodies = {}
for line in (os.getenv('LOAD_BODIES') or ''):gmatch('[^\n]+') do bodies[#bodies + 1] = line end
local requests = {}
local turn = 0

function init()
  for i = 1, math.max(1, #bodies) do
    requests[i] = wrk.format(os.getenv('LOAD_METHOD') or 'GET', os.getenv('LOAD_PATH'), headers, bodies[i])
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"seconds":%.4f,"p50":%.1f,"p99":%.1f,"p999":%.1f,"most":%.1f,"failed":%d,"lost":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    latency:percentile(99.9), latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
