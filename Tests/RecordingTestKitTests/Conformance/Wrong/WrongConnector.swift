import Testing

/// A wrong connector and the one check that it must fail.
struct WrongConnector: Sendable, CustomTestStringConvertible {
    let check: String
    let what: String
    let connector: TapeConnector

    var testDescription: String { "\(check): \(what)" }

    static let all: [WrongConnector] = [
        WrongConnector(check: "description_sound", what: "a summary in fragments", connector: .speakingInFragments),
        WrongConnector(check: "requests_recorded", what: "a request that nobody recorded", connector: .askingForMore),
        WrongConnector(check: "follows_every_page", what: "the first page alone", connector: .readingOnePage),
        WrongConnector(check: "follows_every_page", what: "a page taken for everything", connector: .notPaging),
        WrongConnector(check: "pages_handed_over", what: "everything at the end", connector: .hoarding),
        WrongConnector(check: "raw_bytes_kept", what: "objects written anew", connector: .rewritingRaw),
        WrongConnector(check: "unknown_fields_survive", what: "unknown members refused", connector: .refusingMembers),
        WrongConnector(check: "unknown_statuses_survive", what: "unknown words guessed", connector: .guessingStatus),
        WrongConnector(
            check: "empty_is_not_deletion",
            what: "an empty list as a deletion",
            connector: .deletingWhatIsEmpty
        ),
        WrongConnector(check: "ids_stable_and_unique", what: "other keys each time", connector: .renamingListings),
        WrongConnector(check: "ids_stable_and_unique", what: "one id for all", connector: .repeatingIDs),
        WrongConnector(check: "same_input_same_output", what: "chance", connector: .rollingDice),
        WrongConnector(check: "listings_resume", what: "a label that is needed", connector: .readingLabels),
        WrongConnector(check: "window_rules_kept", what: "a range that is ignored", connector: .ignoringRanges),
        WrongConnector(check: "no_credential_seen", what: "a token that is no secret", connector: .seeingCredentials),
        WrongConnector(check: "no_credential_echoed", what: "a login in a label", connector: .showingLogins),
        WrongConnector(check: "labels_without_personal_data", what: "an e-mail in a label", connector: .showingPeople),
        WrongConnector(check: "metadata_run_is_free", what: "a check that is recorded", connector: .leavingTraces),
        WrongConnector(
            check: "failures_left_to_the_host",
            what: "a failure that is swallowed",
            connector: .swallowingFailures
        ),
        WrongConnector(check: "failures_left_to_the_host", what: "a request that is repeated", connector: .retrying),
        WrongConnector(
            check: "cancellation",
            what: "a cancellation that is swallowed",
            connector: .swallowingCancellation
        ),
        WrongConnector(check: "malformed_answers", what: "rows that are dropped", connector: .droppingRows),
        WrongConnector(
            check: "media_outcomes",
            what: "a file that is gone as a failure",
            connector: .throwingWhatIsGone
        ),
    ]
}
