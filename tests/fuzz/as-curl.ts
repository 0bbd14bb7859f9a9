/** A request of this test as a command that sends the same to a server that runs. */
import type { Fuzzed } from './draw-request.ts'

export function asCurl({ method, url, headers, body }: Fuzzed): string {
  const words = Object.entries(headers).map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`)
  const data = body === undefined ? '' : ` --data-binary @<(base64 -d <<< ${Buffer.from(body).toString('base64').slice(0, 6000)})`
  return `curl --path-as-is -i -X ${method}${words.join('')}${data} ${quoted(`http://127.0.0.1:3000${url}`)}`
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
