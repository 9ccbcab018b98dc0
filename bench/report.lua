-- Posts reports of New York corners, each under a key of its own.
local n = 0
local base = tostring(os.time()) .. tostring({}):sub(8)
local now = os.date('!%Y-%m-%dT%H:%M:%SZ')
request = function()
  n = n + 1
  local lat, lon = 40.63 + (n * 7 % 1000) / 25000, -73.98 + (n * 13 % 1000) / 25000
  local body = string.format(
    '{"activity":"stop","place":{"lat":%.5f,"lon":%.5f},"observedAt":"%s","firstHand":true,"size":4,"uniform":"vests","description":"Two vans and four people in vests at the corner, number %d"}',
    lat, lon, now, n)
  return wrk.format('POST', nil, { ['content-type'] = 'application/json', ['idempotency-key'] = base .. n }, body)
end
