import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const CalendarParts = graphql(`
  fragment CalendarParts on Calendars { feeds { id about fullWords madeAt readAt } children { id name } }
`);

export const ShowCalendars = graphql(`
  query ShowCalendars { viewer { id calendars { ...CalendarParts } } }
`, [CalendarParts]);

export const MakeFeed = graphql(`
  mutation MakeFeed($about: ID, $fullWords: Boolean!) {
    makeFeed(about: $about, fullWords: $fullWords) {
      __typename
      ... on CalendarAddress { url calendars { ...CalendarParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, CalendarParts]);

export const EndFeed = graphql(`
  mutation EndFeed($id: ID!) {
    endFeed(id: $id) {
      __typename
      ... on Calendars { ...CalendarParts }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, CalendarParts]);
