/** A browser without scripts: pages, links and forms over HTTP, the way the oldest of browsers did it. Reads the HTML of our own pages only. */
import assert from 'node:assert/strict'

interface Element {
  tag: string
  attributes: Record<string, string>
  text: string
  /** Index of the form that it stands in, or that it names; -1 for none. */
  form: number
}

export interface PlainPage {
  address: string
  status: number
  headers: Headers
  html: string
}

export class PlainBrowser {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()
  #page: PlainPage = { address: '', status: 0, headers: new Headers(), html: '' }
  #elements: Element[] = []
  /** What was filled in on this page, by name. */
  #filled = new Map<string, string[]>()

  constructor(origin: string) {
    this.#origin = origin
  }

  get page(): PlainPage {
    return this.#page
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** The page that this one shows now, in another window of the same browser. */
  duplicate(): PlainBrowser {
    const other = new PlainBrowser(this.#origin)
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value)
    other.#show(this.#page)
    return other
  }

  /** What can be read on the page. */
  get text(): string {
    return wordsOf(this.#page.html.replace(/^[\s\S]*<body>/, '').replace(/<(script|noscript)[\s\S]*?<\/\1>/g, ''))
  }

  get heading(): string {
    return wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.#page.html)?.[1] ?? '')
  }

  async open(address: string): Promise<void> {
    await this.#request('GET', new URL(address, this.#origin).href)
  }

  async follow(words: string): Promise<void> {
    const link = this.#find('a', words)
    await this.open(new URL(link.attributes.href ?? '', this.#page.address).href)
  }

  /** Ticks a radio button or box, or types in a field. */
  fill(name: string, ...values: string[]): void {
    assert.ok(
      this.#elements.some((element) => element.attributes.name === name && element.attributes.type !== 'hidden'),
      `nothing is called ${name} on:\n${this.text}`,
    )
    this.#filled.set(name, values)
  }

  /** What stands in a field now; of choices the chosen ones. */
  valueOf(name: string): string[] {
    return this.#fields().flatMap(([field, value]) => (field === name ? [value] : []))
  }

  offers(words: string): boolean {
    return this.#elements.some(({ tag, text }) => (tag === 'button' || tag === 'a') && text.startsWith(words))
  }

  /** What pressing a button would send, and where to. */
  posting(words: string): { action: string; body: string } {
    const button = this.#find('button', words)
    const form = this.#elements.filter(({ tag }) => tag === 'form')[button.form]
    assert.ok(form, `the button ${words} belongs to no form`)
    assert.equal(form.attributes.method, 'post')
    const { name, value = '' } = button.attributes
    const fields = this.#fields(button.form)
    if (name !== undefined) fields.push([name, value])
    return {
      action: new URL(form.attributes.action ?? this.#page.address, this.#page.address).href,
      body: `${new URLSearchParams(fields)}`,
    }
  }

  async press(words: string): Promise<void> {
    await this.post(this.posting(words))
  }

  async post({ action, body }: { action: string; body: string }): Promise<void> {
    await this.#request('POST', action, body)
  }

  /** The form's fields as a browser would send them. */
  #fields(form?: number): [string, string][] {
    return this.#elements.flatMap((element): [string, string][] => {
      const { tag, attributes, text } = element
      const { name, type = 'text', value = '' } = attributes
      if (name === undefined || (form !== undefined && element.form !== form)) return []
      const filled = this.#filled.get(name)
      if (tag === 'input' && (type === 'radio' || type === 'checkbox'))
        return (filled ? filled.includes(value) : 'checked' in attributes) ? [[name, value]] : []
      if (tag === 'input') return [[name, filled?.[0] ?? value]]
      if (tag === 'textarea') return [[name, filled?.[0] ?? text]]
      if (tag === 'select') return [[name, filled?.[0] ?? attributes.chosen ?? '']]
      return []
    })
  }

  #find(wanted: 'a' | 'button', words: string): Element {
    const all = this.#elements.filter(({ tag, attributes }) => tag === wanted && !('hidden' in attributes))
    const found = all.find(({ text }) => text === words) ?? all.find(({ text }) => text.startsWith(words))
    assert.ok(found, `there is no ${wanted} “${words}” on ${this.#page.address}:\n${this.text}`)
    return found
  }

  async #request(method: string, address: string, body?: string): Promise<void> {
    const { hash } = new URL(address)
    const answer = await fetch(address.replace(/#.*/, ''), {
      method,
      redirect: 'manual',
      headers: {
        Cookie: this.cookie,
        'Accept-Language': 'nl',
        ...(method === 'POST' && { Origin: this.#origin, 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== undefined && { body }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /Max-Age=0/i.test(set)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const location = answer.headers.get('Location')
    if (location === null)
      return this.#show({ address: `${answer.url}${hash}`, status: answer.status, headers: answer.headers, html: await answer.text() })
    assert.equal(answer.status, 303, 'what was posted leads to a page')
    await answer.body?.cancel()
    await this.#request('GET', new URL(location, address).href)
  }

  #show(page: PlainPage): void {
    this.#page = page
    this.#filled = new Map()
    this.#elements = elementsOf(page.html)
  }
}

/** Links, forms and what stands in them, in order. */
function elementsOf(html: string): Element[] {
  const body = html.replace(/<script[\s\S]*?<\/script>/g, '')
  const found: Element[] = []
  const ids: string[] = []
  let open = -1
  for (const [, end, tag = '', attributes = '', index] of tagsIn(body)) {
    if (tag === 'form') {
      open = end ? -1 : ids.length
      if (!end) ids.push(attributesOf(attributes).id ?? '')
    }
    if (end || !/^(a|form|button|input|textarea|select)$/.test(tag)) continue
    const inner = /^(input)$/.test(tag) ? '' : body.slice(index, body.indexOf(`</${tag}>`, index))
    const given = attributesOf(attributes)
    if (tag === 'select') given.chosen = attributesOf(/<option([^>]*\sselected[^>]*)>/.exec(inner)?.[1] ?? '').value ?? ''
    const text = tag === 'textarea' ? decoded(inner) : tag === 'form' ? '' : wordsOf(inner)
    found.push({ tag, attributes: given, text, form: given.form === undefined ? open : -2 })
  }
  return found.map((element) => (element.form === -2 ? { ...element, form: ids.indexOf(element.attributes.form ?? '') } : element))
}

type Tag = [whole: string, end: string | undefined, tag: string, attributes: string, after: number]

const tagsIn = (html: string): Tag[] =>
  [...html.matchAll(/<(\/)?([a-z0-9]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g)].map((match) => [
    match[0],
    match[1],
    match[2] ?? '',
    match[3] ?? '',
    match.index + match[0].length,
  ])

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name.toLowerCase(), decoded(value)]),
  )

const wordsOf = (html: string): string =>
  // Words for statements that come one at a time need scripts; styles hide them here.
  decoded(html.replace(/<span class="for-steps">[^<]*<\/span>/g, ' ').replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

const decoded = (text: string): string =>
  text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '')
