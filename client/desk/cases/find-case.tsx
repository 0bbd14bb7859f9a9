/** The box in the header by which a family is found from anywhere: `/` goes there, arrows choose, Enter opens. */
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { navigate } from '../../ui/navigation.ts'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { studyAddress } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { useSettled } from '../shell/use-settled.ts'
import { foundQuery, searchOf } from './api.ts'

export function FindCase({ study }: { study: string }) {
  const { say } = useDesk()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const box = useRef<HTMLInputElement>(null)
  const list = useId()
  const wanted = useSettled(text.trim())
  const known = useQuery(studyQuery(study))
  const { data } = useQuery(foundQuery(study, wanted))
  useSlash(box)

  const found = wanted === '' ? [] : (data?.cases ?? [])
  const choices = [
    ...found.map(({ code, arm, region }) => ({
      key: code,
      address: studyAddress(study, `/cases/${encodeURIComponent(code)}`),
      arm,
      region,
    })),
    ...(found.length > 0
      ? [{ key: '', address: studyAddress(study, `/cases${searchOf({ search: wanted })}`), arm: null, region: null }]
      : []),
  ]
  const isShown = isOpen && wanted !== '' && data !== undefined
  const go = (index: number) => {
    const address = choices[index]?.address ?? choices[0]?.address
    if (!address) return
    setOpen(false)
    setText('')
    box.current?.blur()
    navigate(address)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && isShown) {
      event.preventDefault()
      setChosen((chosen + step + choices.length) % Math.max(choices.length, 1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (text.trim() === wanted) go(chosen)
    } else if (event.key === 'Escape') {
      setOpen(false)
      setText('')
    }
  }
  return (
    <search className="find">
      <input
        ref={box}
        type="search"
        role="combobox"
        aria-label={say('searchAnywhere')}
        aria-description={say('searchHint')}
        aria-expanded={isShown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `${list}-${chosen}` : undefined}
        aria-keyshortcuts="/"
        placeholder={`${say('searchShort')}  /`}
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setChosen(-1)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <div role="listbox" id={list} className="find-list" aria-label={say('searchAnywhere')} hidden={!isShown}>
        {choices.map(({ key, arm, region }, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and says which option is chosen (aria-activedescendant).
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box takes the keys.
          <div
            key={key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="find-option"
            // The box would lose the focus before the click comes.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => go(index)}
          >
            {arm === null ? (
              say('searchAll', { text: wanted })
            ) : (
              <>
                <strong>{key}</strong>{' '}
                <span className="quiet">
                  {known.data && <TitleOf list={known.data.arms} id={arm} />} {region}
                </span>
              </>
            )}
          </div>
        ))}
      </div>
      <span className="visually-hidden" role="status">
        {isShown && choices.length === 0 ? say('searchNone') : ''}
      </span>
      {isShown && choices.length === 0 && <p className="find-list find-none">{say('searchNone')}</p>}
    </search>
  )
}

/** `/` anywhere but in a field goes to the box. */
function useSlash(box: { current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog, [contenteditable]')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      event.preventDefault()
      box.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [box])
}
