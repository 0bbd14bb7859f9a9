import { useDesk } from '../shell/language.tsx'
import type { Options } from './api.ts'

/** How per cent are rounded, and whether small numbers are left out. */
export function ReportChoices({ options, choose }: { options: Options; choose(options: Options): void }) {
  const { say } = useDesk()
  return (
    <div className="filters report-choices">
      <label className="field">
        {say('reportPercentages')}
        <select
          value={options.percentages}
          onChange={({ target }) => choose({ ...options, percentages: target.value as Options['percentages'] })}
        >
          <option value="plain">{say('reportPercentagesPlain')}</option>
          <option value="adds-to-100">{say('reportPercentagesTogether')}</option>
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={options.maskSmallCells}
          onChange={({ target }) => choose({ ...options, maskSmallCells: target.checked })}
        />
        <span>
          {say('reportMask')} <span className="quiet">{say('reportMaskHint')}</span>
        </span>
      </label>
    </div>
  )
}
