/** What can be done to a family: a button, the list behind it, and the window of the action that was chosen. */
import { useEffect, useRef, useState } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { CaseFile, Study } from '../api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useDesk } from '../shell/language.tsx'
import { useStaff } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { useUnsaved } from '../unsaved.ts'
import { ActionDialog } from './action-dialog.tsx'
import { ActionMenu } from './action-menu.tsx'
import type { CaseAction, Scene, Values } from './actions/action.ts'
import { actions } from './actions/catalogue.ts'
import { begin, endDoing, menu, useDoing } from './doing.ts'
import { useNames } from './names.tsx'
import { useWhyNot } from './use-why-not.ts'

/** What may be done here by whoever is signed in. */
export function useActions(file: CaseFile): CaseAction[] {
  const { id } = useStudy()
  const may = useStaff().studies.find((study) => study.id === id)?.may ?? []
  return actions.filter((action) => may.includes(action.may) && (file.mistake === null || action.evenMistaken) && action.isFor(file))
}

export function ActionsBar({ file, study }: { file: CaseFile; study: Study }) {
  const { say, language } = useDesk()
  const names = useNames()
  const offered = useActions(file)
  const doing = useDoing()
  const wanted = actions.find(({ id }) => id === doing.action)
  /** What somebody does at this moment may be what makes it impossible. */
  const isBusy = useRef(false)
  const whyNot = useWhyNot(file, wanted, doing.person)
  const gone = doing.action === null || isBusy.current ? null : whyNot
  const [done, setDone] = useState<string | null>(null)
  /** What was typed in each action stays until it is done, also when its window is closed in between. */
  const typed = useRef(new Map<string, Values>())
  const [isTyped, setTyped] = useState(false)
  useUnsaved(isTyped)
  const button = useRef<HTMLButtonElement>(null)
  useKey(() => {
    if (doing.action !== null || offered.length === 0) return
    // Where the focus comes back to when the window is closed.
    button.current?.focus()
    begin(menu)
  })
  if (offered.length === 0) return null
  const scene: Scene = { file, study, names, say, words: (title) => wordsIn(title, language).text }
  const chosen = offered.find(({ id }) => id === doing.action)
  const key = JSON.stringify([doing.action, doing.person])
  return (
    <div className="actions-bar">
      <button type="button" ref={button} className="button" aria-keyshortcuts="." onClick={() => begin(menu)}>
        {say('actionsButton')} <kbd className="wide-only">.</kbd>
      </button>
      <p role="status">{done !== null && say('actionDone', { what: done })}</p>
      {gone && (
        <Dialog title={say(wanted?.title ?? 'actionsTitle')} close={endDoing}>
          <p className="alert alert-warning" role="alert">
            {gone}
          </p>
        </Dialog>
      )}
      {!gone && doing.action === menu && <ActionMenu file={file} offered={offered} person={doing.person} close={endDoing} />}
      {!gone && chosen && (
        <ActionDialog
          key={key}
          action={chosen}
          scene={scene}
          given={typed.current.get(key) ?? preset(doing)}
          keep={(values) => {
            typed.current.set(key, values)
            setTyped(true)
          }}
          close={endDoing}
          setBusy={(busy) => {
            isBusy.current = busy
          }}
          done={() => {
            typed.current.delete(key)
            setTyped(typed.current.size > 0)
            setDone(say(chosen.title))
          }}
        />
      )}
    </div>
  )
}

const preset = ({ person }: ReturnType<typeof useDoing>): Values => (person === null ? {} : { person })

/** One key opens the list, unless somebody is typing. */
function useKey(open: () => unknown): void {
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest('input, select, textarea, [contenteditable]')
      if (event.key !== '.' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      latest.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
