import type { CaseFile } from '../api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useDesk } from '../shell/language.tsx'
import type { CaseAction } from './actions/action.ts'
import { groups } from './actions/catalogue.ts'
import { begin } from './doing.ts'
import { useNames } from './names.tsx'

interface ActionMenuProps {
  file: CaseFile
  offered: CaseAction[]
  /** Only what can be done to this person. */
  person: string | null
  close(): void
}

/** Everything that can be done, by what it is about. */
export function ActionMenu({ file, offered, person, close }: ActionMenuProps) {
  const { say } = useDesk()
  const names = useNames()
  const about = file.participants.find(({ id }) => id === person)
  const fitting = about ? offered.filter(({ ofPerson }) => ofPerson?.(about, file)) : offered
  return (
    <Dialog title={about ? say('actionsOf', { person: names.person(about.id) }) : say('actionsTitle')} close={close}>
      <div className="action-groups">
        {groups
          .map((group) => ({ ...group, own: fitting.filter((action) => action.group === group.id) }))
          .filter(({ own }) => own.length > 0)
          .map(({ id, title, own }) => (
            <section key={id} aria-label={say(title)}>
              <h3>{say(title)}</h3>
              <ul className="action-list">
                {own.map((action) => (
                  <li key={action.id}>
                    <button type="button" className="button-quiet" onClick={() => begin(action.id, { person: about?.id })}>
                      {say(action.title)}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </Dialog>
  )
}
