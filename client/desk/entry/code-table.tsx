/** A list as a table to type codes into: Enter and the arrows go along the questions, other waves stand beside. */
import type { KeyboardEvent } from 'react'
import { placeInRecord } from '../../../instruments/records.ts'
import type { SimpleAnswer } from '../../../instruments/schema.ts'
import type { SurveyWords } from '../../survey/element-props.ts'
import { Records } from '../../survey/elements/records.tsx'
import type { Engine } from '../../survey/engine.ts'
import type { ElementView, ItemView, PageView } from '../../survey/view.ts'
import { useDesk } from '../shell/language.tsx'
import type { ListToType } from './api.ts'
import { CodeField } from './code-field.tsx'
import { codeOf, meaningOf } from './read-code.ts'

interface CodeTableProps {
  pages: PageView[]
  engine: Engine
  words: SurveyWords
  wave: string
  otherWaves: ListToType['otherWaves']
  onWrong(name: string, isWrong: boolean): void
}

export function CodeTable({ pages, engine, words, wave, otherWaves, onWrong }: CodeTableProps) {
  const { say } = useDesk()
  const columns = 3 + otherWaves.length
  return (
    <>
      <p className="quiet">{say('entryCodesHelp')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that lead from one field to the next. */}
      <div className="codes-frame" onKeyDown={walk}>
        <table className="codes">
          <thead>
            <tr>
              <th scope="col">{say('entryQuestion')}</th>
              {otherWaves.map((other) => (
                <th key={other.assignment} scope="col" className="codes-other">
                  {other.wave}
                </th>
              ))}
              <th scope="col">{otherWaves.length > 0 ? wave : say('entryCode')}</th>
              <th scope="col">{say('entryMeaning')}</th>
            </tr>
          </thead>
          {pages.map((page) => (
            <tbody key={page.name}>
              {page.title && (
                <tr>
                  <th scope="rowgroup" colSpan={columns} className="codes-panel" lang={page.title.language}>
                    {page.title.text}
                  </th>
                </tr>
              )}
              <Rows elements={page.elements} {...{ engine, words, otherWaves, onWrong, columns }} />
            </tbody>
          ))}
        </table>
      </div>
    </>
  )
}

interface RowsProps extends Pick<CodeTableProps, 'engine' | 'words' | 'otherWaves' | 'onWrong'> {
  elements: ElementView[]
  columns: number
}

function Rows({ elements, ...shared }: RowsProps) {
  const { words, engine, columns } = shared
  return elements.map((element) => {
    if (element.kind === 'item') return <Row key={element.name} item={element} {...shared} />
    if (element.kind === 'records')
      return (
        <tr key={element.name}>
          <td colSpan={columns}>
            <Records group={element} actions={engine} words={words} />
          </td>
        </tr>
      )
    if (element.kind === 'html')
      return (
        <tr key={element.name}>
          <td colSpan={columns} className="quiet">
            {element.paragraphs.map(({ text, language }) => (
              <p key={text} lang={language}>
                {text}
              </p>
            ))}
          </td>
        </tr>
      )
    return [
      element.title && (
        <tr key={element.name}>
          <th scope="colgroup" colSpan={columns} className="codes-panel" lang={element.title.language}>
            {element.title.text}
          </th>
        </tr>
      ),
      <Rows key={`${element.name} rows`} {...shared} elements={element.elements} />,
    ]
  })
}

function Row({ item, engine, words, otherWaves, onWrong }: { item: ItemView } & Omit<RowsProps, 'elements' | 'columns'>) {
  const { say } = useDesk()
  return (
    <tr id={`item-${item.name}`}>
      <th scope="row" lang={item.title.language}>
        <label htmlFor={`answer-${item.name}`}>
          <span className="item-number">{item.number}.</span> {item.title.text}
        </label>
        {item.required && <span className="quiet"> ({words.required})</span>}
        {item.description && (
          <span className="codes-choices quiet" lang={item.description.language}>
            {item.description.text}
          </span>
        )}
        {item.choices.length > 0 && (
          <span className="codes-choices quiet" id={`codes-${item.name}`}>
            {item.choices.map(({ value, text }) => `${value} ${text.text}`).join(' · ')}
          </span>
        )}
      </th>
      {otherWaves.map(({ wave, assignment, answers }) => {
        const answer = answers && answerIn(answers, item.name)
        return (
          <td key={assignment} className="codes-other" data-wave={wave} title={meaningOf(item, answer)}>
            {answers === null ? <span className="visually-hidden">{say('entryWaveEmpty')}</span> : codeOf(answer ?? undefined)}
          </td>
        )
      })}
      <td className="codes-field">
        <CodeField item={item} engine={engine} onWrong={onWrong} />
      </td>
      <td className="codes-meaning" aria-hidden="true">
        {item.choices.length > 0 && meaningOf(item, item.answer)}
      </td>
    </tr>
  )
}

/** What another wave says of an item. */
function answerIn(answers: NonNullable<ListToType['otherWaves'][number]['answers']>, name: string): SimpleAnswer | null {
  const place = placeInRecord(name)
  return place ? null : ((answers[name] as SimpleAnswer | undefined) ?? null)
}

/** Enter and down to the next field, up to the one before; after the last one at the button that leads on. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement
  if (!from.matches('[data-code]')) return
  const isLong = from instanceof HTMLTextAreaElement
  const by =
    event.key === 'ArrowUp' && !isLong ? -1 : (event.key === 'ArrowDown' && !isLong) || (event.key === 'Enter' && !event.shiftKey) ? 1 : 0
  if (by === 0) return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-code]')]
  const to = fields[fields.indexOf(from) + by]
  if (to) {
    to.focus()
    if (to instanceof HTMLInputElement && to.type === 'text') to.select()
  } else if (by === 1) document.querySelector<HTMLElement>('[data-way-on]')?.focus()
}
