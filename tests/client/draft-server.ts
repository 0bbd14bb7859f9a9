/** The server's rule for drafts, in memory, behind a network that the test commands message by message. */
import type { Save, SavedDraft, SaveOutcome } from '../../client/respond/saving/draft-saver.ts'
import type { Answers } from '../../instruments/schema.ts'

interface Message {
  save: Save
  /** What the server answered, once the request arrived. */
  outcome: SaveOutcome | null
  reply(outcome: SaveOutcome): void
}

export class DraftServer {
  current: SavedDraft | null = null
  /** Who saved each revision. */
  readonly savedBy: ('page' | 'other')[] = []
  readonly #messages: Message[] = []
  /** Called with each save of the page that the server takes, and the revision on which it builds. */
  onTaken: (save: Save, before: SavedDraft | null) => void = () => {}

  /** What the page calls. */
  readonly send = (save: Save): Promise<SaveOutcome> =>
    new Promise((reply) => this.#messages.push({ save: structuredClone(save), outcome: null, reply }))

  get waiting(): number {
    return this.#messages.length
  }

  /** The request arrives; the reply is still on its way. A second time is a duplicate. */
  arrive(index: number): void {
    const message = this.#messages[index % this.#messages.length]
    if (!message) return
    const outcome = this.#take(message.save)
    message.outcome ??= outcome
  }

  /** The page hears what became of a request: the reply when there is one, else that nothing came back. */
  hear(index: number, isLost = false): void {
    const [message] = this.#messages.splice(index % Math.max(this.#messages.length, 1), 1)
    message?.reply(isLost || !message.outcome ? { type: 'failed', at: 'network' } : message.outcome)
  }

  saveElsewhere(answers: Answers): void {
    this.#store({ answers, page: null, sealed: [], save: `other-${this.savedBy.length}`, revision: this.current?.revision ?? 0 }, 'other')
  }

  #take(save: Save): SaveOutcome {
    if (this.current?.save === save.save) return { type: 'saved', revision: this.current.revision }
    if (save.revision !== (this.current?.revision ?? 0)) return { type: 'outdated', current: structuredClone(this.current) }
    this.onTaken(save, this.current)
    return { type: 'saved', revision: this.#store(save, 'page') }
  }

  #store({ revision, ...draft }: Save, by: 'page' | 'other'): number {
    this.current = { ...draft, revision: revision + 1, savedAt: '2026-03-02T09:00:00.000Z' }
    this.savedBy.push(by)
    return revision + 1
  }
}
