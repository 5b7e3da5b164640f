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
