/** What a process wrote to the files of one folder and to its sockets, and what it read from them, as strace saw it. */
import { createReadStream } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'

export type FileCall =
  | { call: 'open' | 'unlink' | 'sync'; name: string }
  | { call: 'write'; name: string; at: number; bytes: Buffer }
  | { call: 'append'; name: string; bytes: Buffer }
  | { call: 'truncate'; name: string; length: number }
  | { call: 'sync folder' }
/** `socket`: which; the bytes as text. */
export type SocketCall = { call: 'received' | 'answered'; socket: string; text: string }
export type SystemCall = FileCall | SocketCall

/** strace with these words shows what is read here: everything in hexadecimal digits, and whole. */
export const strace = (into: string): string[] => [
  ...['strace', '-f', '-y', '-xx', '-s', '1000000', '--seccomp-bpf', '-o', into, '-e'],
  'trace=openat,read,pwrite64,write,writev,fsync,fdatasync,ftruncate,unlink',
]

const hex = (text: string): string => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
const bytesOf = (escaped: string): Buffer => Buffer.from(escaped.replaceAll('\\x', ''), 'hex')
const textOf = (escaped: string): string => bytesOf(escaped).toString('latin1')
const socketMark = `<${hex('socket:')}`

/** In the order in which they were begun; a sync counts when it has ended. */
export async function* systemCalls(trace: string, folder: string): AsyncGenerator<SystemCall> {
  const folderMark = hex(folder)
  const begun = new Map<string, string>()
  for await (const line of createInterface({ input: createReadStream(trace) })) {
    const thread = line.slice(0, line.indexOf(' '))
    let whole = line.slice(thread.length).trimStart()
    if (whole.startsWith('<... ')) {
      whole = (begun.get(thread) ?? '') + whole.slice(whole.indexOf('resumed>') + 'resumed>'.length)
      begun.delete(thread)
    } else if (whole.endsWith('<unfinished ...>')) {
      begun.set(thread, whole.slice(0, -'<unfinished ...>'.length))
      continue
    }
    if (!whole.includes(folderMark) && !whole.includes(socketMark)) continue
    const call = read(whole, folder)
    if (call) yield call
  }
}

function read(line: string, folder: string): SystemCall | undefined {
  const name = line.slice(0, line.indexOf('('))
  if (/= -1 [A-Z]+/.test(line.slice(-120))) return undefined
  const strings = [...line.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, escaped = '']) => escaped)
  const path = textOf(/\d+<((?:\\x[0-9a-f]{2})*)>/.exec(line)?.[1] ?? '')
  if (path.startsWith('socket:')) {
    if (name !== 'read' && name !== 'write' && name !== 'writev') return undefined
    return { call: name === 'read' ? 'received' : 'answered', socket: path, text: strings.map(textOf).join('') }
  }
  if (name === 'openat' || name === 'unlink') {
    const target = textOf(strings[0] ?? '')
    if (dirname(target) !== folder || isShared(target)) return undefined
    if (name === 'unlink') return { call: 'unlink', name: basename(target) }
    return line.includes('O_CREAT') ? { call: 'open', name: basename(target) } : undefined
  }
  if (name.endsWith('sync') && path === folder) return { call: 'sync folder' }
  if (dirname(path) !== folder || isShared(path)) return undefined
  const file = basename(path)
  if (name.endsWith('sync')) return { call: 'sync', name: file }
  if (name === 'write') return { call: 'append', name: file, bytes: bytesOf(strings[0] ?? '') }
  if (name !== 'ftruncate' && name !== 'pwrite64') return undefined
  const [, last] = /, (\d+) *\) += \d+$/.exec(line) ?? []
  if (last === undefined) throw new Error(`cannot be read: ${line.slice(0, 80)} ... ${line.slice(-80)}`)
  if (name === 'ftruncate') return { call: 'truncate', name: file, length: Number(last) }
  return { call: 'write', name: file, at: Number(last), bytes: bytesOf(strings[0] ?? '') }
}

/** What SQLite's processes share in memory: it is made anew from the log. */
const isShared = (path: string): boolean => path.endsWith('-shm')
