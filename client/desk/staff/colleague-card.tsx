/** One colleague: the account, its roles, and what can be done with it. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../shell/confirm-button.tsx'
import { useDesk } from '../shell/language.tsx'
import { roleLabels } from '../shell/role-labels.ts'
import { useStaff } from '../shell/staff.tsx'
import { useSubmission } from '../shell/submission.ts'
import { Failed } from '../sign-in/failed.tsx'
import * as api from './api.ts'
import { MailFate } from './mail-fate.tsx'
import { asGiven, RoleFields, usualRole } from './role-fields.tsx'

const states = { active: 'staffStateActive', invited: 'staffStateInvited', disabled: 'staffStateDisabled' } as const

export function ColleagueCard({ colleague, staff }: { colleague: api.Colleague; staff: api.Staff }) {
  const { say } = useDesk()
  const { id, name, address, state, isSelf, manages } = colleague
  const again = useAgain()
  return (
    <li className="card colleague">
      <h2>
        {name} <span className={`colleague-state colleague-${state}`}>{say(states[state])}</span>
        {isSelf && <span className="quiet"> ({say('staffSelf')})</span>}
      </h2>
      <p className="quiet colleague-address">{address}</p>
      <Link colleague={colleague} />
      <Roles colleague={colleague} staff={staff} />
      {!isSelf && manages && (
        <div className="buttons">
          {state !== 'disabled' && (
            <ConfirmButton
              label={say('staffNewLink')}
              ask={say('staffNewLinkAsk', { address })}
              act={() => api.sendLink(id)}
              then={again}
            />
          )}
          {state === 'active' && (
            <ConfirmButton
              label={say('staffReset')}
              ask={say('staffResetAsk', { name, address })}
              act={() => api.resetSecondFactor(id)}
              then={again}
            />
          )}
          {state === 'disabled' ? (
            <ConfirmButton label={say('staffEnable')} ask={say('staffEnableAsk', { name })} act={() => api.enable(id)} then={again} />
          ) : (
            <ConfirmButton label={say('staffDisable')} ask={say('staffDisableAsk', { name })} act={() => api.disable(id)} then={again} />
          )}
        </div>
      )}
      {!isSelf && !manages && <p className="quiet">{say('staffElsewhere')}</p>}
    </li>
  )
}

/** The link that was not used yet. */
function Link({ colleague: { address, link, state } }: { colleague: api.Colleague }) {
  const { say, moment } = useDesk()
  const { now } = useStaff()
  if (!link || state === 'disabled') return null
  const isOver = link.expiresAt < now
  return (
    <>
      {link.mail && <MailFate mail={link.mail} address={address} detail={link.mailDetail} />}
      <p className="quiet">{say(isOver ? 'staffLinkOver' : 'staffLinkUntil', { moment: moment(link.expiresAt) })}</p>
    </>
  )
}

function Roles({ colleague: { id, name, grants }, staff }: { colleague: api.Colleague; staff: api.Staff }) {
  const { say } = useDesk()
  const again = useAgain()
  const titleOf = (studyId: string): string =>
    studyId === '*' ? say('staffAllStudies') : (staff.studies.find((study) => study.id === studyId)?.title ?? studyId)
  return (
    <>
      {grants.length === 0 && <p>{say('staffNoRoles')}</p>}
      <ul className="roles">
        {grants.map(({ studyId, role, region, mine }) => (
          <li key={`${studyId} ${role} ${region}`}>
            <span>
              {say(roleLabels[role])}{' '}
              <span className="quiet">
                ({titleOf(studyId)}
                {region !== '*' && `, ${say('staffRegionOnly', { region })}`})
              </span>
            </span>
            {mine && (
              <ConfirmButton
                label={say('staffTake')}
                about={say('staffTakeOf', { role: say(roleLabels[role]), name })}
                ask={say('staffTakeAsk', { name, role: say(roleLabels[role]) })}
                act={() => api.takeRole(id, { study: studyId, role, region })}
                then={again}
              />
            )}
          </li>
        ))}
      </ul>
      <GiveRole id={id} staff={staff} />
    </>
  )
}

function GiveRole({ id, staff }: { id: string; staff: api.Staff }) {
  const { say } = useDesk()
  const again = useAgain()
  const [given, setGiven] = useState(() => usualRole(staff))
  const { isBusy, failure, submit } = useSubmission(() => api.giveRole(id, asGiven(given)), again)
  return (
    <details>
      <summary>{say('staffGive')}</summary>
      <form className="stack" onSubmit={submit}>
        <RoleFields staff={staff} given={given} set={setGiven} />
        <Failed failure={failure} />
        <p>
          <button type="submit" className="button" aria-disabled={isBusy}>
            {say('staffGiveButton')}
          </button>
        </p>
      </form>
    </details>
  )
}

/** Asks anew who there is: what one did may concern oneself. */
function useAgain(): () => void {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: ['staff'] })
    void client.invalidateQueries({ queryKey: ['me'] })
  }
}
