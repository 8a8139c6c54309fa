import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const DevicesParts = graphql(`
  fragment DevicesParts on Devices {
    thisSession method provedAt lockMinutes
    sessions { id madeAt seenAt method device { ...TextParts } }
    passkeys { id name madeAt usedAt backedUp }
  }
`, [TextParts]);

export const ShowDevices = graphql(`
  query ShowDevices { viewer { id devices { ...DevicesParts } } }
`, [DevicesParts]);

/** Our part of the lock's key, told for some minutes after she proved who she is. */
export const ShowLockPart = graphql(`
  query ShowLockPart { viewer { id devices { provedAt lockPart } } }
`);

export const ShowNeeds = graphql(`
  query ShowNeeds($procedure: ID!) { viewer { id needs(procedure: $procedure) { isMet cardOnly } } }
`);

export const RenamePasskey = graphql(`
  mutation RenamePasskey($id: ID!, $name: String!) {
    renamePasskey(id: $id, name: $name) {
      __typename
      ... on Devices { ...DevicesParts }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on Refusal { message { ...TextParts } }
    }
  }
`, [DevicesParts, TextParts]);

export const RemovePasskey = graphql(`
  mutation RemovePasskey($id: ID!) {
    removePasskey(id: $id) {
      __typename
      ... on Devices { ...DevicesParts }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on Refusal { message { ...TextParts } }
    }
  }
`, [DevicesParts, TextParts]);

export const EndSession = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id) {
      __typename
      ... on Devices { ...DevicesParts }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on Refusal { message { ...TextParts } }
    }
  }
`, [DevicesParts, TextParts]);

export const EndOtherSessions = graphql(`
  mutation EndOtherSessions {
    endOtherSessions {
      __typename
      ... on Devices { ...DevicesParts }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on Refusal { message { ...TextParts } }
    }
  }
`, [DevicesParts, TextParts]);

export const SetDeviceLock = graphql(`
  mutation SetDeviceLock($minutes: Int) {
    setDeviceLock(minutes: $minutes) {
      __typename
      ... on DeviceLock { minutes part }
      ... on StepUpNeeded { cardOnly message { ...TextParts } }
      ... on Refusal { message { ...TextParts } }
    }
  }
`, [TextParts]);
