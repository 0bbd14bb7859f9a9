/** A case goes to a colleague: who, whether that is right, and then it is done. */
import { type FormEvent, useEffect, useState } from 'react'
import type { ApiFailure } from '../../ui/api.ts'
import { follow, navigate } from '../../ui/navigation.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { handOverCase } from '../api.ts'
import { casePath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import type { CaseProps } from './case-page.tsx'
import { useCaseWords } from './case-words.ts'
import { type Field, fields, missingIn, nobody, type Problems } from './colleague.ts'
import { ColleagueField } from './colleague-field.tsx'
import { useTelling } from './telling.ts'

/** Words for what is wrong with a field, by what the server calls it; `missing` is found here. */
const problemTexts = {
  name: { missing: 'nameMissing', invalid: 'nameWrong' },
  email: { missing: 'emailMissing', invalid: 'emailWrong', own: 'emailOwn', known: 'emailKnown' },
} as const

type ProblemText = 'nameMissing' | 'nameWrong' | 'emailMissing' | 'emailWrong' | 'emailOwn' | 'emailKnown'

export function HandOverPage({ code, show, reload, colleague: posted }: CaseProps) {
  const speaking = useSpeaking()
  const { say, lang } = useCaseWords()
  const [colleague, setColleague] = useState(() => {
    const { name, email } = posted ?? nobody
    return { name, email }
  })
  const [problems, setProblems] = useState<Problems>((posted ?? nobody).problems)
  /** The field to go to, because something is wrong with it. */
  const [target, setTarget] = useState<Field | null>(null)
  const [isChecking, setChecking] = useState((posted ?? nobody).isChecking)
  const { tell, isSending, hasFailed } = useTelling(show, reload, () => navigate(casePath(code), { replace: true }))

  // Once the fields are there again, and their heading has had its turn.
  useEffect(() => {
    if (target === null || isChecking) return
    document.getElementById(`colleague-${target}`)?.focus()
    setTarget(null)
  }, [target, isChecking])

  const refuse = (found: Problems): boolean => {
    setProblems(found)
    const first = fields.find((field) => field in found) ?? null
    setTarget(first)
    return first !== null
  }

  const check = (event: FormEvent) => {
    event.preventDefault()
    if (!refuse(missingIn(colleague))) setChecking(true)
  }

  const onRefused = ({ code: refusal, details }: ApiFailure): boolean => {
    if (refusal !== 'colleague-invalid') return false
    setChecking(false)
    return refuse(Object.fromEntries((details.problems as { field: Field; reason: string }[]).map(({ field, reason }) => [field, reason])))
  }

  const textOf = (field: Field): string | null => {
    const reason = problems[field]
    if (reason === undefined) return null
    const texts: Record<string, ProblemText> = problemTexts[field]
    return say(texts[reason] ?? problemTexts[field].invalid)
  }

  const heading = isChecking ? say('checkTitle') : say('handOverTitle', { code })
  const title = (
    <PageHeading level={1} page={`${isChecking ? 'check' : 'hand over'} ${code}`} title={`${heading} – ${speaking.say('site')}`}>
      {heading}
    </PageHeading>
  )
  if (isChecking)
    return (
      <form
        className="cases"
        method="post"
        lang={lang}
        onSubmit={(event) => {
          event.preventDefault()
          void tell(() => handOverCase(code, colleague), onRefused)
        }}
      >
        {title}
        {fields.map((field) => (
          <input key={field} type="hidden" name={field} value={colleague[field]} autoComplete="off" />
        ))}
        <p>{say('checkLead', { code })}</p>
        <dl className="colleague">
          <dt>{say('checkName')}</dt>
          <dd>{colleague.name.trim()}</dd>
          <dt>{say('checkEmail')}</dt>
          <dd>{colleague.email.trim()}</dd>
        </dl>
        {hasFailed && (
          <p className="notice notice-error" role="alert">
            {say('failed')}
          </p>
        )}
        <div className="actions">
          <button type="submit" name="hand-over" value="sure" className="button button-primary" aria-disabled={isSending}>
            {say('handOverYes')}
          </button>
          <button
            type="submit"
            name="hand-over"
            value="change"
            className="button"
            onClick={(event) => {
              event.preventDefault()
              setChecking(false)
            }}
          >
            {say('change')}
          </button>
        </div>
      </form>
    )
  return (
    <form method="post" onSubmit={check} noValidate lang={lang}>
      {title}
      <p>{say('handOverLead')}</p>
      {fields.map((field) => (
        <ColleagueField
          key={field}
          field={field}
          label={say(field === 'name' ? 'colleagueName' : 'colleagueEmail')}
          value={colleague[field]}
          problem={textOf(field)}
          onChange={(value) => {
            setColleague({ ...colleague, [field]: value })
            setProblems({ ...problems, [field]: undefined })
          }}
        />
      ))}
      <div className="actions">
        <button type="submit" className="button button-primary">
          {say('next')}
        </button>
        <a className="button" {...follow(casePath(code))}>
          {say('backToCase')}
        </a>
      </div>
    </form>
  )
}
