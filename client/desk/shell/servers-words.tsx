import { useDesk } from './language.tsx'

/** Why work on the server failed, as the server has it: for whoever looks after that, and in English. */
export function ServersWords({ of }: { of: string }) {
  const { say } = useDesk()
  return (
    <p className="quiet">
      {say('serversWords')} <q lang="en">{of}</q>
    </p>
  )
}
