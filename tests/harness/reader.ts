/** Somebody who only has the accessibility tree of Chromium, as a screen reader has it: roles, names, states, and no place on a screen. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { patience } from './becomes.ts'

export interface Heard {
  role: string
  name: string
  description: string
  /** States that are set, such as `checked`, `focused` or `invalid`, with their values. */
  states: Record<string, unknown>
  id: string
  /** Ids of what it is in, the nearest first. */
  within: string[]
  element: number | undefined
}

export class Reader {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async of(page: Page): Promise<Reader> {
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    return new Reader(session)
  }

  /** All that can be heard on the page, in order. `within`: in this part of it. */
  async read(within?: Heard): Promise<Heard[]> {
    const { nodes } = await this.#session.send('Accessibility.getFullAXTree')
    const parents = new Map(nodes.map(({ nodeId, parentId }) => [nodeId, parentId]))
    const around = (id: string): string[] => {
      const parent = parents.get(id)
      return parent === undefined ? [] : [parent, ...around(parent)]
    }
    return nodes
      .filter(({ ignored }) => !ignored)
      .map(({ nodeId, role, name, description, properties = [], backendDOMNodeId }) => ({
        role: String(role?.value ?? ''),
        name: String(name?.value ?? '').trim(),
        description: String(description?.value ?? ''),
        states: Object.fromEntries(properties.map(({ name: state, value }) => [state, value.value])),
        id: nodeId,
        within: around(nodeId),
        element: backendDOMNodeId,
      }))
      .filter((heard) => !within || heard.within.includes(within.id))
  }

  async all(role: string, within?: Heard): Promise<Heard[]> {
    return (await this.read(within)).filter((heard) => heard.role === role)
  }

  /** The one of this role and name; waits for it, and fails when there are more. */
  async find(role: string, name: string | RegExp, within?: Heard): Promise<Heard> {
    const isIt = (heard: Heard) => heard.role === role && (typeof name === 'string' ? heard.name === name : name.test(heard.name))
    for (const until = Date.now() + patience; ; await pause(40)) {
      const heard = await this.read(within)
      const found = heard.filter(isIt)
      if (found.length === 1) return found[0] as Heard
      if (Date.now() < until) continue
      assert.fail(`${found.length} times ${role} “${name}” in:\n${heard.map((one) => `${one.role} “${one.name}”`).join('\n')}`)
    }
  }

  /** Does what the thing is for, as a screen reader does when one says so. */
  async use({ element }: Heard): Promise<void> {
    const { object } = await this.#session.send('DOM.resolveNode', { backendNodeId: element })
    await this.#session.send('Runtime.callFunctionOn', { objectId: object.objectId, functionDeclaration: 'function () { this.click() }' })
  }

  async focus({ element }: Heard): Promise<void> {
    await this.#session.send('DOM.focus', { backendNodeId: element })
  }

  async press(name: string | RegExp): Promise<void> {
    await this.use(await this.find('button', name))
  }

  async follow(name: string | RegExp): Promise<void> {
    await this.use(await this.find('link', name))
  }

  /** Waits until something of this role and name has the keyboard; a screen reader says it. */
  async hears(role: string, name: RegExp): Promise<Heard> {
    for (const until = Date.now() + patience; ; await pause(40)) {
      const found = await this.find(role, name)
      if (found.states.focused === true) return found
      assert.ok(Date.now() < until, `${role} “${found.name}” has not got the keyboard`)
    }
  }
}
