/** Families to whom everything happens that can happen to them, at once: what people and staff do while the ticker sends. */
import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'
import { Failure } from '../../server/failure.ts'
import { isConfirmation } from '../../server/mail/confirmations.ts'
import type { Fate } from '../../server/mail/fate.ts'
import type { Mail, Transport } from '../../server/mail/transport.ts'
import { answerable, assignmentsOfCase } from '../../server/queries/assignments.ts'
import { findParticipant, type Participant, participantsOfCase } from '../../server/queries/participants.ts'
import { findPerson } from '../../server/queries/people.ts'
import { Refusal } from '../../server/refusal.ts'
import { addChild } from '../../server/workflow/add-child.ts'
import { callOff, undoCallOff } from '../../server/workflow/call-off.ts'
import { correctAddress } from '../../server/workflow/correct-address.ts'
import { extendWindow } from '../../server/workflow/extend-window.ts'
import { giveConsent } from '../../server/workflow/give-consent.ts'
import { handOver } from '../../server/workflow/hand-over.ts'
import { putCaseBack, takeCaseOut } from '../../server/workflow/mistaken-case.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { removeChild } from '../../server/workflow/remove-mistake.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import { withdraw, withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { submitResponse } from '../../server/workflow/submit-response.ts'
import { takeNotice } from '../../server/workflow/take-notice.ts'
import { tick } from '../../server/workflow/tick.ts'
import { answersTo } from '../harness/family.ts'
import { returnedMail } from '../harness/returned-mail.ts'
import type { TestStudy } from '../harness/test-study.ts'

export class Interleaving {
  readonly #study: TestStudy
  readonly #random: Random
  /** By code. */
  readonly #cases: Map<string, string>
  /** Cases that something is being done to; of those nobody can say what is committed. */
  readonly #underWay = new Map<string, number>()
  /** Mails that should not have gone, with why. */
  readonly wrong: string[] = []
  /** Message-IDs that the mail server took, or may have taken. */
  readonly gone: string[] = []
  /** Addresses of which a mail server said that there is no such mailbox, at once or later. */
  readonly refused = new Set<string>()
  done: Record<string, number> = {}
  /** To a mail server that there is; undefined where what it would say is drawn. */
  readonly #real: Transport | undefined

  constructor(study: TestStudy, cases: Map<string, string>, random: Random, real?: Transport) {
    this.#study = study
    this.#cases = cases
    this.#random = random
    this.#real = real
  }

  /** Some of it at once, and a pass of the ticker with it or not. */
  async happen(): Promise<void> {
    const random = this.#random
    const doings = Array.from({ length: wholeBetween(random, 1, 4) }, () => this.#someDoing())
    const passes = Array.from({ length: wholeBetween(random, 0, 2) }, () => tick(this.#study.context, { transport: this.#transport }))
    await Promise.all([...doings, ...passes])
  }

  async pass(): Promise<void> {
    const { problems } = await tick(this.#study.context, { transport: this.#transport })
    assert.deepEqual(problems, [])
  }

  readonly #transport: Transport = {
    connections: 3,
    reach: async () => null,
    close() {},
    send: async (mail: Mail): Promise<Fate> => {
      const cases = this.#look(mail)
      if (this.#real) return this.#heard(mail, cases, await this.#real.send(mail))
      for (let turns = wholeBetween(this.#random, 0, 6); turns > 0; turns--) await turn()
      const drawn = this.#random()
      if (drawn < 0.06) return this.#heard(mail, cases, { kind: 'deferred', detail: '451' })
      if (drawn < 0.1) return this.#heard(mail, cases, { kind: 'refused', detail: '550', address: true })
      return this.#heard(mail, cases, drawn < 0.14 ? { kind: 'unknown', detail: 'ECONNECTION' } : { kind: 'accepted', detail: '250' })
    },
  }

  #heard(mail: Mail, cases: string[], fate: Fate): Fate {
    if (fate.kind === 'accepted' || fate.kind === 'unknown') this.gone.push(mail.messageId)
    if (fate.kind === 'refused') this.refused.add(mail.to)
    if (fate.kind === 'refused') void this.#untilSettled(mail, cases)
    return fate
  }

  /** An address is refused with the settling of this mail: another mail to it may be in hand by then. */
  async #untilSettled({ messageId }: Mail, cases: string[]): Promise<void> {
    for (const id of cases) this.#begin(id)
    const inHand = `SELECT id FROM messages WHERE state = 'claimed' AND (message_id = '${messageId}' OR mail_id = '${messageId}')`
    try {
      for (let turns = 0; turns < 1_000 && this.#study.rows(inHand).length > 0; turns++) await turn()
      await turn()
    } finally {
      for (const id of cases) this.#end(id)
    }
  }

  #begin(caseId: string): void {
    this.#underWay.set(caseId, (this.#underWay.get(caseId) ?? 0) + 1)
  }

  #end(caseId: string): void {
    const left = (this.#underWay.get(caseId) ?? 0) - 1
    if (left === 0) this.#underWay.delete(caseId)
    else this.#underWay.set(caseId, left)
  }

  /** At the moment of handing over: what is committed has to allow it. Returns the cases that it is about. */
  #look({ messageId }: Mail): string[] {
    const rows = this.#study.rows<
      Record<'kind' | 'wave' | 'case_id' | 'participant_id' | 'state', string> & Record<'refused' | 'mailless' | 'mistaken', string | null>
    >(
      `SELECT m.kind, m.wave, m.case_id, m.participant_id, p.state, p.address_refused_at AS refused, p.without_mail_at AS mailless, c.mistaken_at AS mistaken
       FROM messages m JOIN participants p ON p.id = m.participant_id JOIN cases c ON c.id = m.case_id WHERE m.message_id = '${messageId}' OR m.mail_id = '${messageId}'`,
    )
    assert.ok(rows.length > 0, 'a mail of which nothing is recorded')
    for (const { kind, wave, case_id, participant_id, state, refused, mailless, mistaken } of rows) {
      if (isConfirmation(kind) || this.#underWay.has(case_id)) continue
      const now = this.#study.clock.now()
      const open = this.#study.rows(
        `SELECT id FROM assignments WHERE participant_id = '${participant_id}' AND wave = '${wave}'
         AND state IN (${answerable.map((one) => `'${one}'`).join()}) AND opens_at <= '${now}' AND closes_at > '${now}'`,
      )
      if (state !== 'active') this.wrong.push(`${kind} to somebody who is ${state}`)
      if (refused !== null || mailless !== null) this.wrong.push(`${kind} to an address that is refused or gone`)
      if (mistaken !== null) this.wrong.push(`${kind} to a family that does not belong`)
      if (open.length === 0) this.wrong.push(`${kind} about ${wave}, of which nothing is open`)
    }
    return [...new Set(rows.map(({ case_id }) => case_id))]
  }

  /** Addresses that are taken to be refused, although nobody said so of them. */
  async wronglyRefused(): Promise<string[]> {
    const ids = this.#study.rows<{ id: string }>('SELECT id FROM participants WHERE address_refused_at IS NOT NULL').map(({ id }) => id)
    const { stores, sealer } = this.#context
    const people = await Promise.all(ids.map((id) => findPerson(stores.identity.read, sealer, id)))
    return people.flatMap((person) => (person?.email && !this.refused.has(person.email) ? [person.email] : []))
  }

  async #someDoing(): Promise<void> {
    const [code, caseId] = oneOf(this.#random, [...this.#cases])
    const [name, doing] = oneOf(this.#random, Object.entries(this.#doings))
    const people = await participantsOfCase(this.#study.context.stores.study.read, caseId)
    const who = oneOf(this.#random, people)
    for (let turns = wholeBetween(this.#random, 0, 4); turns > 0; turns--) await turn()
    this.#begin(caseId)
    try {
      await doing({ code, caseId, who })
      this.done[name] = (this.done[name] ?? 0) + 1
    } catch (reason) {
      // What does not fit is refused; anything else is a mistake.
      if (!(reason instanceof Failure || reason instanceof Refusal)) throw reason
    } finally {
      // Who had it in hand before that was committed hands it over within this turn.
      await turn()
      this.#end(caseId)
    }
  }

  readonly #doings: Record<string, (at: { code: string; caseId: string; who: Participant }) => Promise<unknown>> = {
    withdraws: ({ who }) => (this.#random() < 0.3 ? withdraw(this.#context, who) : this.#completes(who)),
    erases: ({ who }) => (this.#random() < 0.2 ? withdrawAndErase(this.#context, who) : this.#completes(who)),
    completes: ({ who }) => this.#completes(who),
    declines: ({ code, who: { role, number } }) =>
      recordStop(this.#context, this.#key(code), { role, number }, { state: oneOf(this.#random, ['declined', 'withdrawn']) }, told),
    'moves an anchor': ({ code }) =>
      setAnchors(this.#context, { study: 's1', code, anchors: { conference: this.#day(wholeBetween(this.#random, 5, 60)) } }),
    'hands over': ({ code, who: { role, number } }) =>
      handOver(
        this.#context,
        this.#key(code),
        { role, number },
        { name: 'Opvolger Voorbeeld', email: `${this.#word()}@voorbeeld.example` },
      ),
    extends: ({ code, caseId, who }) => this.#extends(code, caseId, who),
    'calls off': ({ code, caseId, who }) => this.#callsOff(code, caseId, who, false),
    'takes calling off back': ({ code, caseId, who }) => this.#callsOff(code, caseId, who, true),
    'adds a child': ({ code }) => addChild(this.#context, this.#key(code), '2018-02'),
    'takes a child away': ({ code }) => removeChild(this.#context, this.#key(code), { number: 2, birthMonth: '2018-02' }, told),
    'is taken out': ({ code }) => takeCaseOut(this.#context, this.#key(code), { reason: 'test' }, told),
    'is put back': ({ code }) => putCaseBack(this.#context, this.#key(code), told),
    'has a mail returned': ({ who }) => this.#returns(who),
    'corrects an address': ({ code, who: { role, number } }) =>
      correctAddress(this.#context, { study: 's1', code, role, number, email: `${this.#word()}@voorbeeld.example` }),
  }

  get #context() {
    return this.#study.context
  }

  #key = (code: string) => ({ study: 's1', code })
  #word = (): string => `n${Math.floor(this.#random() * 1e9)}`
  #day = (ahead: number): string => Temporal.PlainDate.from(this.#study.clock.now().slice(0, 10)).add({ days: ahead }).toString()

  async #completes({ id, caseId }: Participant): Promise<void> {
    const { read } = this.#context.stores.study
    const who = await findParticipant(read, id)
    if (!who) return
    if (who.role === 'parent') await giveConsent(this.#context, who, { research: true, 'contact-later': false }, 'nl')
    const now = this.#study.clock.now()
    const own = (await assignmentsOfCase(read, caseId)).filter(
      ({ participantId, state, opensAt }) => participantId === id && answerable.includes(state) && opensAt <= now,
    )
    for (const { id: list, instrumentId, instrumentVersion } of own.slice(0, wholeBetween(this.#random, 1, 6))) {
      const answers = answersTo(this.#context.definitions.instruments.need(`${instrumentId}@${instrumentVersion}`))
      await submitResponse(this.#context, who, list, { answers, skipped: [], language: 'nl' })
    }
  }

  /** Hours or weeks after a mail server took it. */
  async #returns({ id }: Participant): Promise<unknown> {
    const taken = this.#study.rows<{ id: string }>(
      `SELECT coalesce(mail_id, message_id) AS id FROM messages WHERE participant_id = '${id}' AND state IN ('sent', 'unknown')`,
    )
    const person = await findPerson(this.#context.stores.identity.read, this.#context.sealer, id)
    if (taken.length === 0 || !person?.email) return
    this.refused.add(person.email)
    return await takeNotice(this.#context, Buffer.from(returnedMail(oneOf(this.#random, taken).id, person.email)))
  }

  async #extends(code: string, caseId: string, { id }: Participant): Promise<unknown> {
    const lists = (await assignmentsOfCase(this.#context.stores.study.read, caseId)).filter(({ participantId }) => participantId === id)
    if (lists.length === 0) return
    const { wave, closesAt } = oneOf(this.#random, lists)
    const lastDay = Temporal.PlainDate.from(closesAt.slice(0, 10))
      .add({ days: wholeBetween(this.#random, 1, 20) })
      .toString()
    return await extendWindow(this.#context, this.#key(code), id, { wave, lastDay }, told)
  }

  async #callsOff(code: string, caseId: string, { id, role, number }: Participant, isBack: boolean): Promise<unknown> {
    const lists = (await assignmentsOfCase(this.#context.stores.study.read, caseId)).filter(({ participantId }) => participantId === id)
    if (lists.length === 0) return
    const { wave, instrumentId: instrument } = oneOf(this.#random, lists)
    const which = { instrument, wave, role, number }
    return await (isBack ? undoCallOff(this.#context, this.#key(code), which) : callOff(this.#context, this.#key(code), which, 'no-time'))
  }
}

const told = { staff: 'somebody', why: 'a test' }
