/** Going over to other norms: what changes is shown first, then what was answered is scored anew, for a reason. */
import { useQuery } from '@tanstack/react-query'
import { useInAddress } from '../shell/in-address.ts'
import { Text, useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { lookAtNorms } from '../work/api.ts'
import { Work } from '../work/work.tsx'
import { type OfferedNorm, offeredNormsQuery } from './api.ts'
import { StandIn } from './stand-in.tsx'

export function Rescore() {
  const { say } = useDesk()
  const { id } = useStudy()
  const { data } = useQuery(offeredNormsQuery(id))
  const [wanted, setWanted] = useInAddress('norms')
  const chosen = wanted?.split(' ') ?? []
  const setChosen = (references: string[]) => setWanted(references.join(' ') || null)
  const others = data?.norms.filter(({ isInForce }) => !isInForce) ?? []
  return (
    <section className="section" aria-labelledby="rescore">
      <h2 id="rescore">{say('rescoreTitle')}</h2>
      <p>{say('rescoreLead')}</p>
      {data && others.length === 0 && <p className="alert">{say('rescoreNoOther')}</p>}
      <Work
        kind="rescore"
        // What was chosen may be in force by now.
        look={() => lookAtNorms(id, { norms: chosen.filter((reference) => others.some((table) => table.reference === reference)) })}
        fields={(changed) =>
          others.length > 0 && (
            <fieldset className="plain">
              <legend>{say('rescoreChoose')}</legend>
              {others.map((table) => (
                <Table
                  key={table.reference}
                  table={table}
                  isChosen={chosen.includes(table.reference)}
                  set={(isChosen) => {
                    setChosen(isChosen ? [...chosen, table.reference] : chosen.filter((one) => one !== table.reference))
                    changed()
                  }}
                />
              ))}
              <p className="quiet">{say('rescoreChooseNone')}</p>
            </fieldset>
          )
        }
      />
    </section>
  )
}

function Table({ table, isChosen, set }: { table: OfferedNorm; isChosen: boolean; set(isChosen: boolean): void }) {
  const { say } = useDesk()
  return (
    <label className="check">
      <input type="checkbox" checked={isChosen} disabled={!table.mayBeUsed} onChange={({ target }) => set(target.checked)} />
      <span>
        <Text of={table.title} /> <code>{table.reference}</code>
        {table.status === 'stand-in' && <StandIn />}{' '}
        <span className="quiet">
          <Text of={table.population} />, {table.year}
          {!table.mayBeUsed && `. ${say('refusedStandIns')}`}
        </span>
      </span>
    </label>
  )
}
