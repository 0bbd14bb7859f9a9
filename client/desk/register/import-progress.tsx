import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Progress } from '../shell/progress.tsx'
import { useStudy } from '../shell/study.tsx'
import { cancelImport, importQuery, isOver } from './api.ts'
import { Problems } from './problems.tsx'

/** How far an import is, and the way to stop it. */
export function ImportProgress({ id }: { id: string }) {
  const { say } = useDesk()
  const { id: study, at } = useStudy()
  const client = useQueryClient()
  const { data, error } = useQuery({ ...importQuery(study, id), retry: false })
  const isDone = data?.state === 'done'
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import' })
  }, [isDone, client])
  const texts = {
    cancelled: 'importCancelled',
    refused: 'importRefused',
    failed: 'importFailed',
    interrupted: 'importInterrupted',
  } as const
  if (error instanceof ApiFailure && error.code === 'not-found') return <p className="alert">{say('importUnknown')}</p>
  if (!data) return <p role="status">{say('loading')}</p>
  const { state, done, total, problems } = data
  return (
    <section className="card">
      <p role="status">
        {state === 'registering' && say('importRegistering', { done, total })}
        {state === 'counting' && say('importCounting', { total })}
        {state === 'done' && say('importDone', { total })}
        {state in texts && say(texts[state as keyof typeof texts])}
      </p>
      {!isOver(data) && (
        <Progress
          label={say('importTitle')}
          done={done}
          total={total}
          stop={
            state === 'registering'
              ? () => cancelImport(study, id).then(() => client.invalidateQueries({ queryKey: ['import', study, id] }))
              : undefined
          }
          stopText={say('importCancel')}
        />
      )}
      {problems.length > 0 && <Problems problems={problems} total={problems.length} />}
      {isOver(data) && (
        <p className="buttons">
          <Link className="button button-primary" href={at('/cases')}>
            {say('registerBack')}
          </Link>
          <Link className="button" href={at('/import')}>
            {say('importAgain')}
          </Link>
        </p>
      )}
    </section>
  )
}
