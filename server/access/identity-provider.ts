/** The identity provider of an organisation, over OpenID Connect: the code flow with PKCE, state and nonce. */
import type { Configuration } from 'openid-client'

export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** Words of `amr`, or an `acr`, by which the provider says that there was a second factor; none: its word does not count. */
  secondFactors: readonly string[]
}

/** What has to be kept between the way out and the way back, by the browser that goes. */
export interface Errand {
  state: string
  nonce: string
  verifier: string
}

/** Whom the provider says it is. */
export interface Identity {
  /** Never changes, and belongs to this provider. */
  subject: string
  /** Null unless the provider has seen that it is theirs. */
  address: string | null
  hasSecondFactor: boolean
}

export interface IdentityProvider {
  /** Where to send the browser, and what to keep. Throws when the provider cannot be reached. */
  begin(): Promise<{ address: string; errand: Errand }>
  /** `came`: the address that the browser came back to. Throws whatever openid-client has against it. */
  finish(came: URL, errand: Errand): Promise<Identity>
}

/** Loaded when it is needed: most installations have no provider. */
const client = () => import('openid-client')

/** `back`: the address of ours that the provider knows. */
export function identityProvider({ issuer, clientId, clientSecret, secondFactors }: ProviderSettings, back: string): IdentityProvider {
  let known: Promise<Configuration> | undefined
  async function discover(): Promise<Configuration> {
    const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await client()
    const server = new URL(issuer)
    return await discovery(server, clientId, clientSecret, undefined, {
      timeout: 10,
      // The signature of the ID token is checked too, not the connection alone. Without TLS on this machine only, which the settings see to.
      execute: [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])],
    })
  }
  /** Asked once; after a failure again, since the provider may just have been away. */
  function configuration(): Promise<Configuration> {
    known ??= discover().catch((reason: unknown) => {
      known = undefined
      throw reason
    })
    return known
  }

  return {
    async begin() {
      const config = await configuration()
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await client()
      const errand = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const address = buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: 'openid email',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, errand }
    },
    async finish(came, { state, nonce, verifier }) {
      const config = await configuration()
      const { authorizationCodeGrant, fetchUserInfo } = await client()
      const tokens = await authorizationCodeGrant(config, came, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('the provider sent no ID token')
      // Some providers tell the address only when they are asked for it.
      const asks = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
      const { email, email_verified } = asks ? await fetchUserInfo(config, tokens.access_token, claims.sub) : claims
      const said = [claims.acr, ...(Array.isArray(claims.amr) ? claims.amr : [])]
      return {
        subject: claims.sub,
        address: typeof email === 'string' && email_verified === true ? email : null,
        hasSecondFactor: said.some((word) => typeof word === 'string' && secondFactors.includes(word)),
      }
    },
  }
}
