import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { studyQuery } from '../queries.ts'
import { AlikeShown } from '../register/alike-shown.tsx'
import { type Alike, lookForAlike, type Problem, type Registered, registerCase } from '../register/api.ts'
import { CaseFields, DateFields } from '../register/case-fields.tsx'
import { type CaseDraft, enteredCase, newCase, newPerson } from '../register/draft.ts'
import { PersonFields } from '../register/person-fields.tsx'
import { Fetched, NotAllowed } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useSubmission } from '../shell/submission.ts'
import { titleOf } from '../shell/title-of.tsx'
import { useUnsaved } from '../unsaved.ts'

/** One family is registered: who they are, when what happened, and whom to ask. */
export function RegisterPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const mayRegister = useMay(id, 'register cases')
  return (
    <Page title={say('registerTitle')} back={<Link href={at('/cases')}>{say('registerBack')}</Link>}>
      <p className="lead">{say('registerLead')}</p>
      {mayRegister ? <Fetched query={study}>{(known) => <Entry study={known} />}</Fetched> : <NotAllowed />}
    </Page>
  )
}

function Entry({ study }: { study: Study }) {
  const [registered, setRegistered] = useState<Registered | null>(null)
  const client = useQueryClient()
  if (registered) return <Done study={study} registered={registered} again={() => setRegistered(null)} />
  return (
    <CaseForm
      study={study}
      then={(result) => {
        setRegistered(result)
        void client.invalidateQueries()
      }}
    />
  )
}

function CaseForm({ study, then }: { study: Study; then(registered: Registered): void }) {
  const { say, count } = useDesk()
  const { id } = useStudy()
  const [empty] = useState<CaseDraft>(() => newCase(study))
  const [draft, setDraft] = useState(empty)
  useUnsaved(draft !== empty)
  /** Families that seem to be this one; null as long as nobody looked for those of this entry. */
  const [alike, setAlike] = useState<Alike | null>(null)
  const change = (changed: Partial<CaseDraft>) => {
    setDraft((before) => ({ ...before, ...changed }))
    setAlike(null)
  }
  const register = async (): Promise<Registered | null> => {
    const entered = enteredCase(draft)
    if (alike === null) {
      // Where nobody can look, the family is registered all the same.
      const found = await lookForAlike(id, entered).catch(() => null)
      if (found && found.cases.length > 0) {
        setAlike(found)
        return null
      }
    }
    return await registerCase(id, entered)
  }
  const { isBusy, failure, submit } = useSubmission(register, (registered) => registered && then(registered))
  const problems = failure?.code === 'case-invalid' ? (failure.details.problems as Problem[]) : []
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!failure) return
    // The first field that is wrong; else what the server said.
    const wrong = top.current?.parentElement?.querySelector<HTMLElement>('[aria-invalid]')
    ;(wrong ?? top.current)?.focus()
  }, [failure])
  return (
    <form className="entry" onSubmit={submit} noValidate>
      <div ref={top} tabIndex={-1} role="alert">
        {failure && (
          <p className="alert alert-error">{problems.length > 0 ? count('registerWrong', problems.length) : say('registerFailed')}</p>
        )}
      </div>
      <CaseFields draft={draft} study={study} problems={problems} change={change} />
      <DateFields draft={draft} study={study} problems={problems} change={change} />
      <h2>{say('registerPeople')}</h2>
      {draft.people.map((person, index) => (
        <PersonFields
          key={person.key}
          person={person}
          number={index + 1}
          study={study}
          problems={problems.filter(({ participant }) => participant === index)}
          change={(changed) => change({ people: draft.people.map((one) => (one.key === person.key ? changed : one)) })}
          remove={draft.people.length === 1 ? undefined : () => change({ people: draft.people.filter((one) => one.key !== person.key) })}
        />
      ))}
      <p>
        <button
          type="button"
          className="button"
          onClick={() => {
            const last = draft.people.at(-1)
            const next = newPerson((last?.key ?? 0) + 1, roleAfter(study, last?.role), study.languages[0] ?? 'nl')
            change({ people: [...draft.people, next] })
          }}
        >
          {say('registerAddPerson')}
        </button>
      </p>
      {alike && <AlikeShown alike={alike} />}
      <p>
        <button type="submit" className="button button-primary" aria-disabled={isBusy}>
          {isBusy ? say('registerSending') : say(alike ? 'alikeSend' : 'registerSend')}
        </button>
      </p>
    </form>
  )
}

/** The role after the one of whoever was added last: most families have one of each. */
const roleAfter = ({ roles }: Study, role: string | undefined): string => {
  const index = roles.findIndex(({ id }) => id === role)
  return (roles[index + 1] ?? roles[0])?.id ?? ''
}

function Done({ study, registered: { code, arm }, again }: { study: Study; registered: Registered; again(): void }) {
  const { say, language } = useDesk()
  const { at } = useStudy()
  const isByLot = study.cohorts.some(({ byLot }) => byLot)
  return (
    <section className="card" role="status">
      <p>
        {isByLot ? say('registerDoneLot', { code, arm: wordsIn(titleOf(study.arms, arm), language).text }) : say('registerDone', { code })}
      </p>
      <p className="buttons">
        <Link className="button button-primary" href={at(`/cases/${encodeURIComponent(code)}`)}>
          {say('registerOpen')}
        </Link>
        <button type="button" className="button" onClick={again}>
          {say('registerAnother')}
        </button>
      </p>
    </section>
  )
}
