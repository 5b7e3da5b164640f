-- One row of numbers as JSON, for wrk:
--   wrk -t2 -c64 -d10s --latency -s bench/serve.lua http://127.0.0.1:8080/v2/models/digits/infer
local features = tonumber(os.getenv("FEATURES") or "784")
local numbers = {}
math.randomseed(1)
for i = 1, features do
  numbers[i] = math.random(5) == 1 and string.format("%.4f", math.random()) or "0"
end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"inputs":[{"name":"input","shape":[1,' .. features ..
  '],"datatype":"FP32","data":[' .. table.concat(numbers, ",") .. "]}]}"

-- What wrk itself does not print, in microseconds.
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "summary: %.1f requests/s, p50 %.0f, p99 %.0f, p99.9 %.0f, max %.0f us, %d errors\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99),
    latency:percentile(99.9), latency.max,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
