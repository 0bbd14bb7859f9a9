import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { navigate, useSearch } from '../../ui/navigation.ts'
import type { Study } from '../api.ts'
import { studyQuery } from '../queries.ts'
import { type Problem, previewImport, startImport } from '../register/api.ts'
import { EarlierImports } from '../register/earlier-imports.tsx'
import { ImportProgress } from '../register/import-progress.tsx'
import { Preview } from '../register/preview.tsx'
import { Problems } from '../register/problems.tsx'
import { Fetched, NotAllowed } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'

/** Many families from a file: looked at first, then registered, all or none. An import that is under way is in the address. */
export function ImportPage() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const study = useQuery(studyQuery(id))
  const mayRegister = useMay(id, 'register cases')
  const running = new URLSearchParams(useSearch()).get('import')
  return (
    <Page title={say('importTitle')} back={<Link href={at('/cases')}>{say('registerBack')}</Link>}>
      {running ? (
        <ImportProgress id={running} />
      ) : (
        <>
          <p className="lead">{say('importLead')}</p>
          {mayRegister ? (
            <>
              <Fetched query={study}>{(known) => <Choosing study={known} />}</Fetched>
              <EarlierImports />
            </>
          ) : (
            <NotAllowed />
          )}
        </>
      )}
    </Page>
  )
}

function Choosing({ study }: { study: Study }) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const client = useQueryClient()
  const [csv, setCsv] = useState('')
  /** Rather than read from a file, which is still there. */
  const [isTyped, setTyped] = useState(false)
  useUnsaved(isTyped && csv.trim() !== '')
  const look = useMutation({ mutationFn: (text: string) => previewImport(id, text) })
  const begin = useMutation({
    mutationFn: () => startImport(id, csv),
    onSuccess: (job) => {
      client.setQueryData(['import', id, job.id], job)
      navigate(at(`/import?import=${job.id}`), { isDone: true })
    },
  })
  const { reset } = look
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has not been looked at yet.
  useEffect(() => reset(), [csv, reset])
  return (
    <>
      <div className="entry">
        <label className="field">
          {say('importFile')}
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={({ target }) =>
              void target.files?.[0]?.text().then((text) => {
                setCsv(text)
                setTyped(false)
                look.mutate(text)
              })
            }
          />
        </label>
        <label className="field">
          {say('importPaste')}
          <textarea
            rows={6}
            spellCheck={false}
            value={csv}
            onChange={({ target }) => {
              setCsv(target.value)
              setTyped(true)
            }}
          />
        </label>
        <details>
          <summary>{say('importColumns')}</summary>
          <ul>
            {study.columns.map(({ name, isNeeded }) => (
              <li key={name}>
                <code>{name}</code> {isNeeded && say('importColumnNeeded')}
              </li>
            ))}
          </ul>
        </details>
        <p>
          <button
            type="button"
            className="button"
            disabled={csv.trim() === ''}
            aria-disabled={look.isPending}
            onClick={() => look.mutate(csv)}
          >
            {look.isPending ? say('importLooking') : say('importLook')}
          </button>
        </p>
      </div>
      <div role="status">
        {look.data && look.data.problemCount > 0 && <Problems problems={look.data.problems} total={look.data.problemCount} />}
        {look.data && look.data.problemCount === 0 && (
          <Preview preview={look.data} study={study} isBusy={begin.isPending} start={() => begin.mutate()} />
        )}
      </div>
      <Failure error={look.error ?? begin.error} />
    </>
  )
}

function Failure({ error }: { error: Error | null }) {
  const { say } = useDesk()
  if (!error) return null
  const code = error instanceof ApiFailure ? error.code : 'unexpected'
  if (error instanceof ApiFailure && code === 'import-invalid') {
    const problems = error.details.problems as Problem[]
    return <Problems problems={problems} total={problems.length} />
  }
  const texts = { 'import-running': 'importRunning', 'body-too-large': 'importTooLarge' } as const
  return (
    <p className="alert alert-error" role="alert">
      {say(code === 'import-running' || code === 'body-too-large' ? texts[code] : 'importFailed')}
    </p>
  )
}
