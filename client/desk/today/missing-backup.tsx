import { useDesk } from '../shell/language.tsx'
import type { Today } from './api.ts'

const texts = { failed: 'todayBackupFailed', old: 'todayBackupOld', unreadable: 'todayBackupUnreadable' } as const

/** The one thing to do that is not about a family: without backups all of them can be lost. */
export function MissingBackup({ backup }: Pick<Today, 'backup'>) {
  const { say, moment } = useDesk()
  if (backup === null) return null
  return (
    <section className="section">
      <h2>{say('todayBackupTitle')}</h2>
      <p className="alert alert-error">
        {say(texts[backup.problem])}{' '}
        {backup.newest === null ? say('todayBackupNone') : say('todayBackupNewest', { moment: moment(backup.newest) })}
      </p>
      <p className="quiet">{say('todayBackupHelp')}</p>
    </section>
  )
}
