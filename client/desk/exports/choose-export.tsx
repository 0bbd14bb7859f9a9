import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiFailure } from '../../ui/api.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { type Chosen, type Narrowed, type Overview, start } from './api.ts'

type Say = ReturnType<typeof useDesk>['say']

const layouts = (say: Say) => ({ long: say('exportLong'), wide: say('exportWide'), scores: say('exportScores'), flow: say('exportFlow') })
const formats = (say: Say) => ({
  csv: say('exportCsv'),
  'csv-excel-nl': say('exportCsvExcel'),
  sav: say('exportSav'),
  xlsx: say('exportXlsx'),
  parquet: say('exportParquet'),
  ndjson: say('exportNdjson'),
  fhir: say('exportFhir'),
  phenotype: say('exportPhenotype'),
  redcap: say('exportRedcap'),
})
const narrowed = {
  arms: 'exportArms',
  cohorts: 'exportCohorts',
  regions: 'exportRegions',
  waves: 'exportWaves',
  consents: 'exportConsents',
} as const satisfies Record<Narrowed, string>

const usual: Chosen = {
  tier: 'pseudonymous',
  ageBands: false,
  layouts: ['long', 'wide', 'scores', 'flow'],
  formats: ['csv'],
  language: 'nl',
  filter: {},
  purpose: '',
}

/** What an export holds, and in which files. */
export function ChooseExport({ choices, begun }: { choices: Overview['choices']; begun(job: string): void }) {
  const { say, language } = useDesk()
  const { id } = useStudy()
  const client = useQueryClient()
  const [chosen, set] = useState<Chosen>({ ...usual, language: language === 'en' ? 'en' : 'nl' })
  const begin = useMutation({
    mutationFn: () => start(id, chosen),
    onSuccess: (job) => {
      begun(job.id)
      void client.invalidateQueries({ queryKey: ['exports', id] })
    },
  })
  const change = (some: Partial<Chosen>) => set({ ...chosen, ...some })
  const narrow = (name: Narrowed, values: string[]) => {
    const { [name]: _, ...others } = chosen.filter
    change({ filter: values.length > 0 ? { ...others, [name]: values } : others })
  }
  const isReady = chosen.layouts.length > 0 && chosen.formats.length > 0
  const parts = (Object.keys(narrowed) as Narrowed[]).filter((name) => choices[name].length > (name === 'consents' ? 0 : 1))
  return (
    <form
      className="stack export-choices"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !begin.isPending) begin.mutate()
      }}
    >
      <fieldset>
        <legend>{say('exportTier')}</legend>
        {(['pseudonymous', 'shared'] as const).map((tier) => (
          <label className="check" key={tier}>
            <input
              type="radio"
              name="tier"
              checked={chosen.tier === tier}
              onChange={() => change({ tier, ageBands: tier === 'shared' && chosen.ageBands })}
            />
            <span>
              {say(tier === 'shared' ? 'exportShared' : 'exportPseudonymous')}{' '}
              <span className="quiet">{say(tier === 'shared' ? 'exportSharedHint' : 'exportPseudonymousHint')}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {chosen.tier === 'shared' && (
        <fieldset>
          <legend>{say('exportAges')}</legend>
          <Check label={say('exportAgeBands')} isChosen={chosen.ageBands ?? false} set={(ageBands) => change({ ageBands })} />
          <p className="quiet">{say('exportAgeBandsHint')}</p>
        </fieldset>
      )}
      <Several legend={say('exportLayouts')} names={layouts(say)} chosen={chosen.layouts} choose={(names) => change({ layouts: names })} />
      <Several legend={say('exportFormats')} names={formats(say)} chosen={chosen.formats} choose={(names) => change({ formats: names })} />
      <label className="field">
        {say('exportLanguage')}
        <select value={chosen.language} onChange={({ target }) => change({ language: target.value as Chosen['language'] })}>
          <option value="nl">Nederlands</option>
          <option value="en">English</option>
        </select>
      </label>
      <details>
        <summary>{say('exportPart')}</summary>
        <p className="quiet">{say('exportPartHint')}</p>
        {parts.map((name) => (
          <fieldset key={name}>
            <legend>{say(narrowed[name])}</legend>
            {choices[name].map((value) => (
              <Check
                key={value}
                label={value}
                isChosen={chosen.filter[name]?.includes(value) ?? false}
                set={(isChosen) => narrow(name, toggled(chosen.filter[name] ?? [], value, isChosen))}
              />
            ))}
          </fieldset>
        ))}
      </details>
      {chosen.tier === 'shared' && !chosen.filter.consents && (
        <p className="alert" role="status">
          {say(choices.consents.length > 0 ? 'exportUnasked' : 'exportUnaskable')}
        </p>
      )}
      <label className="field field-wide">
        {say(chosen.tier === 'shared' ? 'exportPurposeNeeded' : 'exportPurpose')}
        <input
          type="text"
          maxLength={1000}
          autoComplete="off"
          required={chosen.tier === 'shared'}
          value={chosen.purpose}
          onChange={({ target }) => change({ purpose: target.value })}
        />
      </label>
      {!isReady && <p className="alert">{say('exportNothing')}</p>}
      {begin.error && (
        <p className="alert alert-error" role="alert">
          {say(begin.error instanceof ApiFailure && begin.error.code === 'export-running' ? 'exportRunning' : 'exportNotBegun')}
        </p>
      )}
      <p className="buttons">
        <button type="submit" className="button button-primary" disabled={!isReady} aria-disabled={begin.isPending}>
          {say('exportMake')}
        </button>
      </p>
    </form>
  )
}

interface SeveralProps<Name extends string> {
  legend: string
  /** What each is called. */
  names: Record<Name, string>
  chosen: Name[]
  choose(names: Name[]): void
}

function Several<Name extends string>({ legend, names, chosen, choose }: SeveralProps<Name>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {(Object.keys(names) as Name[]).map((name) => (
        <Check
          key={name}
          label={names[name]}
          isChosen={chosen.includes(name)}
          set={(isChosen) => choose(toggled(chosen, name, isChosen))}
        />
      ))}
    </fieldset>
  )
}

function Check({ label, isChosen, set }: { label: string; isChosen: boolean; set(isChosen: boolean): void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={isChosen} onChange={({ target }) => set(target.checked)} />
      <span>{label}</span>
    </label>
  )
}

const toggled = <Name extends string>(names: Name[], name: Name, isChosen: boolean): Name[] =>
  isChosen ? [...names, name] : names.filter((other) => other !== name)
