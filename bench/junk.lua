-- A thousand reports a second of nobody's, each about another corner: 32 connections that pause in between.
local n = 0
local now = os.date('!%Y-%m-%dT%H:%M:%SZ')
request = function()
  n = n + 1
  local lat, lon = 40.63 + (n * 7 % 1000) / 25000, -73.98 + (n * 13 % 1000) / 25000
  local body = string.format(
    '{"activity":"patrol","place":{"lat":%.5f,"lon":%.5f},"observedAt":"%s","firstHand":true,"description":"junk number %d of a flood that says nothing"}',
    lat, lon, now, n)
  return wrk.format('POST', nil, { ['content-type'] = 'application/json' }, body)
end
delay = function() return 30 end
