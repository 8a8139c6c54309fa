import { graphql } from '../graphql.ts';
import { TextParts } from './parts.ts';

const BookingParts = graphql(`
  fragment BookingParts on Booking {
    id state kind ward offer slot facility facilityName phone startsAt endsAt forWhom freeUntil offeredUntil ahead closedWhy
    code path side title { ...TextParts }
  }
`, [TextParts]);

export const ShowBookings = graphql(`
  query ShowBookings { viewer { id bookings { ...BookingParts } } }
`, [BookingParts]);

export const ShowBookingOffer = graphql(`
  query ShowBookingOffer($ward: ID!, $offer: ID!) {
    viewer {
      id
      bookingOffer(ward: $ward, offer: $offer) {
        id facilityName cancelHours title { ...TextParts }
        slots { id startsAt endsAt left } people { id name }
      }
    }
  }
`, [TextParts]);

export const Book = graphql(`
  mutation Book($input: BookInput!) {
    book(input: $input) {
      __typename
      ... on Booking { ...BookingParts }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, BookingParts]);

export const ConfirmBooking = graphql(`
  mutation ConfirmBooking($id: ID!) {
    confirmBooking(id: $id) {
      __typename
      ... on Booking { ...BookingParts }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, BookingParts]);

export const MoveBooking = graphql(`
  mutation MoveBooking($id: ID!, $slot: ID!) {
    moveBooking(id: $id, slot: $slot) {
      __typename
      ... on Booking { ...BookingParts }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on TooManyTries { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, BookingParts]);

export const CancelBooking = graphql(`
  mutation CancelBooking($id: ID!) {
    cancelBooking(id: $id) {
      __typename
      ... on Booking { ...BookingParts }
      ... on Denied { message { ...TextParts } }
      ... on NotFound { message { ...TextParts } }
      ... on SignInNeeded { message { ...TextParts } }
    }
  }
`, [TextParts, BookingParts]);
