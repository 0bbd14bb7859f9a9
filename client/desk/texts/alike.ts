/** That a family seems to be there already. */
import type { Translation } from '../../ui/texts.ts'

export const alikeNl = {
  alikeTitle: 'Dit gezin lijkt al aangemeld te zijn.',
  alikeBy_address: 'iemand met hetzelfde e-mailadres',
  alikeBy_telephone: 'iemand met hetzelfde telefoonnummer',
  alikeBy_name: 'iemand met dezelfde naam in dezelfde regio',
  alikeAdvice:
    'Kijk eerst of het hetzelfde gezin is. Er is nog niets aangemeld. Een gezin dat twee keer is aangemeld, krijgt alle mails twee keer.',
  alikeSend: 'Het is een ander gezin: aanmelden',
  alikeInFile_one:
    '{count} gezin in dit bestand lijkt al aangemeld te zijn, of twee keer in het bestand te staan. Kijk eerst of het hetzelfde gezin is.',
  alikeInFile_other:
    '{count} gezinnen in dit bestand lijken al aangemeld te zijn, of twee keer in het bestand te staan. Kijk eerst of het dezelfde gezinnen zijn.',
  alikeLine: 'Regel {line}, {code}:',
  alikeMore: 'En nog {count}.',
} as const

export const alikeEn: Translation<typeof alikeNl> = {
  alikeTitle: 'This family seems to be registered already.',
  alikeBy_address: 'somebody with the same mail address',
  alikeBy_telephone: 'somebody with the same telephone number',
  alikeBy_name: 'somebody with the same name in the same region',
  alikeAdvice:
    'See first whether it is the same family. Nothing has been registered yet. A family that is registered twice gets every mail twice.',
  alikeSend: 'It is another family: register it',
  alikeInFile_one:
    '{count} family of this file seems to be registered already, or to stand in the file twice. See first whether it is the same one.',
  alikeInFile_other:
    '{count} families of this file seem to be registered already, or to stand in the file twice. See first whether they are the same ones.',
  alikeLine: 'Line {line}, {code}:',
  alikeMore: 'And {count} more.',
}
