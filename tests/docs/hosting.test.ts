/** What docs/hosting.md and deploy/ tell whoever hosts it, held by the programs that will read it. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { readSettings } from '../../server/env.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { freePort } from '../harness/free-port.ts'
import { readPage, repository } from './pages.ts'

const deployed = (name: string): string => readFileSync(join(repository, 'deploy', name), 'utf8')
const page = readPage('docs/hosting.md').text
const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }

test('the unit is one that systemd understands, and lets the server do no more than it needs', (t) => {
  const unit = join(temporaryFolder(t), 'nameting.service')
  // Where the program is here, so that what it starts is there.
  writeFileSync(unit, deployed('nameting.service').replaceAll('/opt/nameting', repository.replace(/\/$/, '')))
  const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
  assert.deepEqual([verified.status, verified.stderr], [0, ''])
  const secured = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', unit], { encoding: 'utf8' })
  assert.equal(secured.status, 0, secured.stdout)
})

test('the settings of the page are settings that the server takes', () => {
  const block = /settings <<END\n([\s\S]*?)\nEND/.exec(page)?.[1] ?? ''
  const settings = Object.fromEntries(
    block.split('\n').map((line) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? assert.fail(line)
      const bytes = /^\$\(openssl rand -hex (\d+)\)$/.exec(value)?.[1]
      return [name, bytes === undefined ? value.replaceAll("'", '') : 'ab'.repeat(Number(bytes))]
    }),
  )
  assert.equal(readSettings(['IDENTITY_KEY', 'BASE_URL', 'SMTP_URL', 'MAIL_FROM'], settings).DATA_DIR, '/var/lib/nameting')
})

test('page and container install the Node of package.json, by the same words', () => {
  const [install = ''] = /npm install --global .*/.exec(page) ?? []
  assert.ok(install.includes(`node@${dependencies.node} npm@`), install)
  assert.ok(deployed('Dockerfile').includes(install))
})

test('the container is of fixed versions, runs as nobody, and takes along nothing that must not leave', () => {
  const file = deployed('Dockerfile')
  const froms = [...file.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? '')
  assert.equal(froms.length, 2)
  for (const image of froms) assert.match(image, /^debian:\d+\.\d+-slim$/)
  assert.match(file, /^USER \d+:\d+$/m)
  assert.match(file, /^HEALTHCHECK .*\\\n +CMD \["[^"]*\/node", "-e", ".*\/healthz/m)
  const copied = [...file.matchAll(/^COPY --from=build \/opt\/nameting\/(\S+)/gm)].map(([, path]) => path ?? '')
  for (const path of copied.filter((name) => !['dist', 'node_modules'].includes(name))) assert.ok(existsSync(join(repository, path)), path)
  const ignored = readFileSync(join(repository, '.dockerignore'), 'utf8').split('\n')
  for (const name of ['.git', '.env', 'data', 'node_modules', 'dist', '*.key']) assert.ok(ignored.includes(name), name)
  const compose = deployed('compose.yaml')
  assert.match(compose, /read_only: true/)
  // The one network from which a web server of this machine comes in, in three places.
  const range = /TRUSTED_PROXIES: (\S+)/.exec(compose)?.[1]
  assert.equal(/subnet: (\S+)/.exec(compose)?.[1], range)
  assert.equal(/--subnet (\S+)/.exec(page)?.[1], range)
})

test('Caddy takes its file, keeps what is for operators inside, and writes no link into its log when the server is away', async (t) => {
  const folder = temporaryFolder(t)
  const home = { PATH: process.env.PATH, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder }
  const validated = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', join(repository, 'deploy/Caddyfile')], {
    env: home,
    encoding: 'utf8',
  })
  assert.equal(validated.status, 0, validated.stderr)

  const [port, away] = [await freePort(), await freePort()]
  const config = deployed('Caddyfile')
    .replace(/^\{$/m, '{\n\tadmin off\n\tauto_https off')
    .replace(/^meting\.example\.org \{$/m, `http://127.0.0.1:${port} {`)
    .replace('reverse_proxy 127.0.0.1:3000', `reverse_proxy 127.0.0.1:${away}`)
    .replace('lb_try_duration 5s', 'lb_try_duration 10ms')
  writeFileSync(join(folder, 'Caddyfile'), config)
  const caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], { env: home })
  t.after(() => caddy.kill('SIGKILL'))
  const said = text(caddy.stderr)
  const ask = async (path: string): Promise<number> => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Referer: 'http://x.example/l/kanarie' } }).catch(
        () => null,
      )
      if (answer) return answer.status
    }
  }
  for (const path of ['/readyz', '/readyz?for=requests', '/metrics', '/healthz']) assert.equal(await ask(path), 404, path)
  assert.equal(await ask('/l/kanarie?naam=kanarie'), 502)
  caddy.kill('SIGTERM')
  await once(caddy, 'exit')
  const log = await said
  assert.match(log, /connection refused/, 'that it is away is told')
  assert.doesNotMatch(log, /kanarie/)
})
