/** Reads XML as far as an export writes it: elements, attributes and text. Throws for what is not well-formed. */
import assert from 'node:assert/strict'

export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const piece = /<\?xml [^?]*\?>|<\/([\w.-]+)>|<([\w.-]+)((?: [\w:.-]+="[^"<]*")*)(\/?)>|([^<]+)/gy
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#10': '\n' }

export function readXml(xml: string): Element {
  assert.ok(xml.isWellFormed())
  assert.doesNotMatch(xml, /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u)
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  piece.lastIndex = 0
  while (piece.lastIndex < xml.length) {
    const before = piece.lastIndex
    const found = piece.exec(xml)
    assert.ok(found, `not well-formed: ${xml.slice(before, before + 80)}`)
    const [, closed, name, attributes = '', isEmpty, text] = found
    const inside = open.at(-1) as Element
    if (text !== undefined) inside.text += plain(text)
    if (closed !== undefined) assert.equal(open.pop()?.name, closed)
    if (name === undefined) continue
    const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)] as const)
    assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, 'an attribute stands twice')
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' }
    inside.children.push(element)
    if (isEmpty === '') open.push(element)
  }
  assert.deepEqual([open.length, root.children.length], [1, 1])
  return root.children[0] as Element
}

const plain = (text: string): string =>
  text.replaceAll(/&([^;]*;?)/g, (whole, name: string) => {
    const found = name.endsWith(';') ? entities[name.slice(0, -1)] : undefined
    assert.ok(found !== undefined, `not an entity: ${whole}`)
    return found
  })

/** All elements of this name, wherever they stand. */
export const all = ({ children }: Element, name: string): Element[] =>
  children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
