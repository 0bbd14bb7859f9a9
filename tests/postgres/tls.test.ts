/** PostgreSQL over TLS, with an authority of one's own; what is wrong with it is said in words. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { namingProcess } from '../harness/command.ts'
import { freePort } from '../harness/free-port.ts'
import { startPostgres } from '../harness/postgres-server.ts'
import { selfSigned } from '../mail/self-signed.ts'

test('a server with a certificate of its own authority is spoken to once that is named, and its faults are told in words', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'nameting-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { key, cert } = selfSigned()
  const [keyFile, certFile] = [join(folder, 'server.key'), join(folder, 'server.crt')]
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certFile, cert)
  // Its account reads them, and nobody else the key.
  if (process.getuid?.() === 0) for (const path of [folder, keyFile]) chownSync(path, Number(execFileSync('id', ['-u', 'postgres'])), -1)
  const ports = [await freePort(), await freePort()]
  const [secure, plain] = await Promise.all([
    startPostgres({ listen_addresses: '127.0.0.1', port: String(ports[0]), ssl: 'on', ssl_cert_file: certFile, ssl_key_file: keyFile }),
    startPostgres({ listen_addresses: '127.0.0.1', port: String(ports[1]) }),
  ])
  t.after(() => Promise.all([secure.stop(), plain.stop()]))
  const ask = async (port: number | undefined, search: string) => {
    const address = `postgres://postgres:geheim@127.0.0.1:${port}/postgres?${search}`
    const ran = await namingProcess(
      { DATA_DIR: join(folder, 'data'), DATABASE_URL: address, IDENTITY_KEY: 'ab'.repeat(32) },
      'study',
      'list',
    )
    assert.doesNotMatch(ran.stderr, /geheim|\n {4}at /)
    return ran
  }
  for (const [port, search, said] of [
    [ports[0], 'sslmode=verify-full', /certificate is of an authority that is not known here\. Add &sslrootcert=/],
    [
      ports[0],
      `sslmode=verify-full&sslrootcert=${folder}/none.crt`,
      /the file .*none\.crt cannot be read \(ENOENT\)\. Correct sslrootcert/,
    ],
    [ports[1], `sslmode=verify-full&sslrootcert=${certFile}`, /it does not speak TLS\. Switch ssl on/],
  ] as const) {
    const { code, stderr } = await ask(port, search)
    assert.equal(code, 1)
    assert.match(stderr, said)
  }
  for (const mode of ['verify-full', 'require']) {
    const { code, stderr } = await ask(ports[0], `sslmode=${mode}&sslrootcert=${certFile}`)
    assert.deepEqual([code, stderr], [0, ''])
  }
})
