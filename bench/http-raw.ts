import { createServer } from 'node:http'

// Node's own server: reads the body, parses the JSON, answers. The floor of what HTTP costs.
const answer = JSON.stringify({
  id: '0a8f6d5e-3f2c-4c1b-9a59-6a2f3f8b7c11',
  receipt: '1234567812345678',
})
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString('utf8'))
    response
      .writeHead(request.method === 'POST' ? 201 : 200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(answer),
      })
      .end(answer)
  })
})
server.listen(Number(process.argv.at(-1)), '127.0.0.1')
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0))
