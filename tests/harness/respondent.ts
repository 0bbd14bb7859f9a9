/** A participant who uses the HTTP interface, the way the page does. */
import assert from 'node:assert/strict'
import type { Packet } from '../../server/workflow/packet.ts'

export interface Answer<Body> {
  status: number
  body: Body
}

/** In simulated studies packing and unpacking what goes through one process would be a tenth of the work. */
const uncompressed = 'identity'

export class Respondent {
  readonly #origin: string
  /** The cookies of one browser: the session first, then what the browser is known by. */
  cookie = ''

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Opens the link of a mail and presses the button. */
  async open(link: string): Promise<void> {
    const answer = await fetch(link, { method: 'POST', redirect: 'manual', headers: { Origin: this.#origin, Cookie: this.cookie } })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('Location'), '/packet')
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  async request<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const answer = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        Cookie: this.cookie,
        Origin: this.#origin,
        'Accept-Encoding': uncompressed,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body }
  }

  async packet(): Promise<Packet> {
    const { status, body } = await this.request<Packet>('GET', '/api/packet')
    assert.equal(status, 200)
    return body
  }

  /** Agrees to everything that is asked. */
  async consent(): Promise<void> {
    const { consents } = await this.packet()
    const given = Object.fromEntries(consents.map(({ purpose }) => [purpose, true]))
    const { status } = await this.request('POST', '/api/packet/consents', { given, language: 'nl' })
    assert.equal(status, 200)
  }

  submit(
    id: string,
    answers: unknown,
    skipped: string[] = [],
  ): Promise<Answer<{ completed?: true; next?: string | null; error?: { code: string } }>> {
    return this.request('POST', `/api/assignments/${id}/submit`, { answers, skipped, language: 'nl' })
  }
}
