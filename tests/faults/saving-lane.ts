/** One list that is filled in over a faulty network: the real page's saving, another device, and what is on disk. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { getAssignment } from '../../client/respond/api.ts'
import { type ListSession, startSession } from '../../client/respond/list/list-session.ts'
import { sendList } from '../../client/respond/list/send-list.ts'
import { isUnsaved, saveStatus } from '../../client/respond/saving/save-queue.ts'
import { ApiFailure } from '../../client/ui/api.ts'
import type { Answers } from '../../instruments/schema.ts'
import { type Fate, type FaultyNetwork, startFaultyNetwork } from '../harness/faulty-network.ts'
import type { Respondent } from '../harness/respondent.ts'

/** What the person, their phone and somebody else do. */
export type Action =
  | { do: 'answer'; item: string; value: number }
  | { do: 'take back'; item: string }
  | { do: 'turn page' | 'turn back' }
  | { do: 'wait'; milliseconds: number }
  /** The page goes out of sight; the phone says that it is online again. */
  | { do: 'hide' | 'come online' }
  /** That many requests in a row are lost. */
  | { do: 'lose reach'; requests: number }
  /** The page is opened anew, after its last words, or after the browser was killed. */
  | { do: 'reload'; killed: boolean }
  /** The other device answers, and the person chooses in the end which to go on with. */
  | { do: 'elsewhere'; item: string; value: number; keepsMine: boolean }

/** A draft as the database took it, and the name of that save. */
interface Stored {
  revision: number
  answers: Answers
  save: string | null
}

interface Sent {
  by: ListSession
  answers: Answers
  /** The revision of which the page heard that it was saved. */
  acknowledged: number | null
}

/** So many times faster than on a phone do the page's own pauses go. */
const haste = 50

export class SavingLane {
  readonly id: string
  readonly #disk: Database.Database
  readonly #other: Respondent
  readonly network: FaultyNetwork
  #fates: Fate[] = []
  #session!: ListSession
  #keepsMine = true
  /** Every save that left a page, by its name. */
  readonly #sent = new Map<string, Sent>()
  /** Revisions of somebody else on top of which the person chose to go on. */
  readonly #chosen = new Set<number>()
  /** The revision with which each page began. */
  readonly #begun = new Map<ListSession, number>()

  static async open(id: string, target: string, disk: Database.Database, other: Respondent): Promise<SavingLane> {
    const lane: SavingLane = new SavingLane(id, disk, other, await startFaultyNetwork(target, () => lane.#fates.shift() ?? { do: 'pass' }))
    return lane
  }

  private constructor(id: string, disk: Database.Database, other: Respondent, network: FaultyNetwork) {
    this.id = id
    this.#disk = disk
    this.#other = other
    this.network = network
  }

  /** Called with each save that leaves the page and with what the page heard of it. */
  noteSave(save: string, answers: Answers, revision: number | null): void {
    const known = this.#sent.get(save)
    this.#sent.set(save, { by: known?.by ?? this.#session, answers, acknowledged: known?.acknowledged ?? revision })
  }

  /** Else a page whose list never got through would try for ever. */
  async close(): Promise<void> {
    this.#session?.saver.stop()
    await this.network.close()
  }

  /** A whole list, from the first answer until it is sent; `fates` are those of the requests, in turn, `last` those of sending. */
  async live(actions: Action[], fates: Fate[], last: Fate[]): Promise<void> {
    this.#forget()
    this.#fates = [...fates]
    this.#session = await this.#openPage()
    for (const action of actions) {
      await this.#act(action)
      await this.#choose()
      this.#assertTold()
    }
    this.#fates = []
    await this.#settle()
    await this.network.quiet()
    this.#assertTold()
    this.#assertHistory()
    this.#fates = [...last]
    await this.#send()
    await this.network.quiet()
    this.#session.saver.stop()
  }

  /** The list as if nobody had been there. */
  #forget(): void {
    const remove = [
      'scores WHERE response_id IN (SELECT id FROM responses WHERE assignment_id = ?)',
      'responses WHERE assignment_id = ?',
      'drafts WHERE assignment_id = ?',
      'draft_history WHERE id = ?',
    ]
    this.#disk
      .transaction(() => {
        for (const rows of remove) this.#disk.prepare(`DELETE FROM ${rows}`).run(this.id)
        this.#disk.prepare("UPDATE assignments SET state = 'open', started_at = NULL, ended_at = NULL WHERE id = ?").run(this.id)
      })
      .immediate()
    for (const known of [this.#sent, this.#chosen, this.#begun]) known.clear()
  }

  async #openPage(): Promise<ListSession> {
    for (let turn = 0; ; turn++) {
      try {
        const assignment = await getAssignment(this.id)
        const session = startSession(assignment, 'nl', { later: (milliseconds, then) => hurry(milliseconds, then) })
        this.#begun.set(session, assignment.draft?.revision ?? 0)
        await session.engine.takeOver()
        return session
      } catch (error) {
        assert.ok(turn < 200 && error instanceof ApiFailure && error.code === 'unreachable', String(error))
        await pause(1)
      }
    }
  }

  async #act(action: Action): Promise<void> {
    const { engine, saver } = this.#session
    switch (action.do) {
      case 'answer':
        return engine.answer(action.item, action.value)
      case 'take back':
        return engine.answer(action.item, undefined)
      case 'turn page':
        return void engine.next()
      case 'turn back':
        return engine.previous()
      case 'wait':
        return void (await pause(action.milliseconds))
      case 'hide':
        return saver.flush(true)
      case 'come online':
        return saver.flush()
      case 'lose reach':
        return void this.#fates.unshift(...Array.from({ length: action.requests }, () => ({ do: 'lose request' as const })))
      case 'reload':
        if (!action.killed) saver.flush(true)
        saver.stop()
        this.#session = await this.#openPage()
        return
      case 'elsewhere':
        this.#keepsMine = action.keepsMine
        return await this.#answerElsewhere(action.item, action.value)
    }
  }

  async #answerElsewhere(item: string, value: number): Promise<void> {
    const path = `/api/assignments/${this.id}`
    const { body } = await this.#other.request<{ draft: { revision: number; answers: Answers } | null }>('GET', path)
    const { revision, answers } = body.draft ?? { revision: 0, answers: {} }
    // A save of the page may come in between; then this one is refused, as it should be.
    await this.#other.request('PUT', `${path}/draft`, { revision, answers: { ...answers, [item]: value }, page: null })
  }

  /** Somebody else saved: the person chooses. */
  async #choose(): Promise<void> {
    const { saver } = this.#session
    const { halt } = saver.state()
    if (!halt) return
    assert.equal(halt.reason, 'outdated', JSON.stringify(halt))
    this.#chosen.add(saver.other()?.revision ?? 0)
    if (this.#keepsMine) return saver.keepMine()
    saver.stop()
    this.#session = await this.#openPage()
  }

  async #settle(): Promise<void> {
    for (let turn = 0; turn < 5000; turn++) {
      await this.#choose()
      const { saver } = this.#session
      if (!isUnsaved(saver.state()) && saver.state().sending.length === 0) return
      saver.flush()
      await pause(1)
    }
    assert.fail('it is never saved')
  }

  #draft(): { revision: number; answers: Answers } {
    const row = this.#disk.prepare('SELECT revision, answers FROM drafts WHERE assignment_id = ?').get(this.id)
    const { revision, answers } = (row ?? { revision: 0, answers: '{}' }) as { revision: number; answers: string }
    return { revision, answers: JSON.parse(answers) }
  }

  /** Whatever is said to be saved is on disk; only somebody else may have saved later, and then what they saved is there. */
  #assertTold(): void {
    const { engine, saver } = this.#session
    const state = saver.state()
    const status = saveStatus(state)
    if (status !== 'saved' && status !== 'untouched') return
    const { revision, answers } = this.#draft()
    if (revision !== state.revision) {
      const last = this.#history().at(-1)?.save ?? ''
      assert.ok(revision > state.revision && this.#sent.get(last)?.by !== this.#session, 'what is said to be saved is not on disk')
      return
    }
    const own = engine.answers()
    assert.deepEqual(Object.keys(answers).toSorted(), [...Object.keys(own), ...engine.sealed()].toSorted())
    assert.deepEqual({ ...answers, ...own }, answers)
  }

  #history(): Stored[] {
    const rows = this.#disk.prepare('SELECT revision, answers, save FROM draft_history WHERE id = ? ORDER BY rowid').all(this.id)
    return (rows as (Omit<Stored, 'answers'> & { answers: string })[]).map((row) => ({ ...row, answers: JSON.parse(row.answers) }))
  }

  /** Each save is there once, in order, and none went on top of somebody else's before there was a choice. */
  #assertHistory(): void {
    const history = this.#history()
    assert.deepEqual(
      history.map(({ revision }) => revision),
      history.map((_, index) => index + 1),
    )
    const names = history.flatMap(({ save }) => save ?? [])
    assert.equal(new Set(names).size, names.length, 'a save is there twice')
    const newest = new Map<ListSession, number>()
    history.forEach(({ revision, save, answers }, index) => {
      const sent = this.#sent.get(save ?? '')
      if (!sent) return
      assert.deepEqual({ ...answers, ...sent.answers }, answers)
      const number = Number(save?.split('-').at(-1))
      assert.ok(number > (newest.get(sent.by) ?? 0), 'an older save came after a newer one')
      newest.set(sent.by, number)
      const before = history[index - 1]
      const isOurs = !before || this.#sent.get(before.save ?? '')?.by === sent.by || before.revision <= (this.#begun.get(sent.by) ?? 0)
      assert.ok(isOurs || this.#chosen.has(before.revision), `revision ${revision} went on top of somebody else's without a choice`)
    })
    for (const [save, { acknowledged }] of this.#sent)
      if (acknowledged !== null)
        assert.equal(history.find((stored) => stored.save === save)?.revision, acknowledged, 'acknowledged, not on disk')
  }

  /** Sends the list, as often as it takes; open questions are left open. */
  async #send(): Promise<void> {
    let skipped: string[] = []
    for (let turn = 0; turn < 100; turn++) {
      const outcome = await sendList(this.#session, { skipped, language: 'nl' })
      if (outcome.type === 'sent') return this.#assertResponse()
      if (outcome.type === 'missing') skipped = outcome.missing.map(({ item }) => item)
      else if (outcome.type === 'undecided') await this.#choose()
      else assert.ok(outcome.type === 'failed' && outcome.failure.code === 'unreachable', JSON.stringify(outcome))
    }
    assert.fail('it is never sent')
  }

  /** What was sent is what stands on the page, and beneath it what another device alone had answered, unseen. */
  #assertResponse(): void {
    const stored = this.#disk.prepare('SELECT answers FROM responses WHERE assignment_id = ?').pluck().all(this.id) as string[]
    assert.equal(stored.length, 1)
    const { engine, saver } = this.#session
    const last: Answers = this.#history().at(-1)?.answers ?? {}
    const unseen = Object.fromEntries(engine.sealed().flatMap((item) => (item in last ? [[item, last[item] as never]] : [])))
    assert.deepEqual(JSON.parse(stored[0] ?? ''), { ...unseen, ...engine.answers() })
    // All of it was saved before, unless the last save, after somebody chose what is here over what another device had, never arrived.
    if (!isUnsaved(saver.state())) assert.deepEqual(JSON.parse(stored[0] ?? ''), last)
  }
}

function hurry(milliseconds: number, then: () => void): () => void {
  const id = setTimeout(then, milliseconds / haste)
  return () => clearTimeout(id)
}
