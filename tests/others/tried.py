"""What another tries with what is Hana's: each field and mutation that is told something, and how each try ends."""

from __future__ import annotations

OWN = "own"
"""It is about whoever asks: an answer, in which nothing is Hana's."""
Tried = dict[str, tuple[str, str]]

FIELDS: Tried = {
    "Query.copy": ('copy(code: "{document}")', "NotFound"),
    "Query.task": ('task(code: "{invitation}")', "NotFound"),
    "Viewer.askableParts": ('askableParts(step: "{step}")', OWN),
    "Viewer.application": ('application(id: "{application}")', "null"),
    "Viewer.applications": ('applications(first: 100, after: "{after_applications}")', OWN),
    "Viewer.bookingOffer": ('bookingOffer(ward: "131032", offer: "{offer}")', OWN),
    "Viewer.difference": ('difference(toWard: "131121", movesOn: "{movesOn}", people: ["{member}"])', "null"),
    "Viewer.findNotices": (
        'findNotices(filter: {{words: [{{text: "", children: ["{subject}"]}}]}}, after: "{after_inbox}")',
        OWN,
    ),
    "Viewer.folder": ('folder(id: "{folder}")', "null"),
    "Viewer.inbox": ('inbox(first: 100, after: "{after_inbox}")', OWN),
    "Viewer.invitation": ('invitation(code: "{invitation}")', "Denied NotFound"),
    "Viewer.needs": ('needs(procedure: "{procedure}")', OWN),
    "Viewer.needsOfAll": ('needsOfAll(procedures: ["{procedure}"])', OWN),
    "Viewer.notice": ('notice(id: "{notice}")', "null"),
    "Viewer.pushTrial": ('pushTrial(id: "{trial}")', "null"),
    "Viewer.readings": ('readings(first: 100, after: "{after_readings}")', OWN),
    "Viewer.represented": ('represented(mandate: "{offered}")', "NotFound"),
    "Viewer.representedForm": ('representedForm(mandate: "{offered}", step: "{step}")', "NotFound"),
    "Home.changes": ('home {{ changes(since: [{{step: "{step}", state: DUE}}]) {{ step subject {{ name }} }} }}', OWN),
}
SUBMIT = (
    'input: {{id: "{application}", procedure: "{procedure}", version: "{version}", subject: "{subject}",'
    ' answers: {{}}, completedAt: "2026-01-01T00:00:00Z", signature: "{signature}",'
    ' attachments: [{{paper: "living_apart", upload: "{upload}"}}]}}'
)
FOLDER = 'input: {{id: "{folder}", event: "pregnancy_birth", completedAt: "2026-01-01T00:00:00Z"}}'
PART = '{{application: "{application}", procedure: "{procedure}", subject: "{subject}", digest: "{digest}"}}'
MUTATIONS: Tried = {
    "openNotice": ('openNotice(id: "{notice}")', "NotFound"),
    "sortNotices": ('sortNotices(act: ARCHIVE, ids: ["{notice}"])', OWN),
    "chooseMailWishes": ('chooseMailWishes(input: {{mutes: ["sender:house"], digestAt: "18:00"}})', OWN),
    "withdrawApplication": ('withdrawApplication(id: "{application}")', "NotFound"),
    "passOn": ('passOn(application: "{application}", flow: "move_handover", agreed: true)', "NotFound"),
    "submitApplication": (f"submitApplication({SUBMIT})", "FieldsRefused"),
    "beginSignature": (f"beginSignature({SUBMIT})", "FieldsRefused"),
    "keepFolder": (f"keepFolder({FOLDER}, parts: [{PART}])", "NotFound"),
    "beginFolderSignature": (
        f"beginFolderSignature({FOLDER}, filings: [{SUBMIT.removeprefix('input: ')}])",
        "PartsRefused",
    ),
    "submitOnBehalf": (f'submitOnBehalf(onBehalf: "{{offered}}", {SUBMIT})', "NotFound"),
    "askAboutReading": ('askAboutReading(reading: "{reading}", kind: OBJECTION, text: "x")', "NotFound"),
    "acceptMandate": ('acceptMandate(code: "{invitation}")', "Denied NotFound"),
    "declineMandate": ('declineMandate(code: "{invitation}")', "Denied NotFound"),
    "endMandate": ('endMandate(id: "{offered}")', "NotFound"),
    "inviteDelegate": (
        'inviteDelegate(input: {{kind: "grandparent", to: "x", person: "{subject}", bundles: ["childcare"],'
        ' purpose: "daily_help", endsOn: "{movesOn}"}})',
        "FieldsRefused",
    ),
    "doTask": ('doTask(code: "{invitation}", answers: {{}})', "NotFound"),
    "declineTask": ('declineTask(code: "{invitation}", reason: "x")', "NotFound"),
    "askPart": ('askPart(input: {{step: "{step}", part: "x", to: "x", endsOn: "{movesOn}"}})', "NotFound"),
    "renewPart": ('renewPart(id: "{part}", endsOn: "{movesOn}")', "NotFound"),
    "takeBackPart": ('takeBackPart(id: "{part}")', "NotFound"),
    "sendWithoutParts": ('sendWithoutParts(application: "{application}")', "NotFound"),
    "fetchDocuments": ("fetchDocuments", OWN),
    "deleteDocument": ('deleteDocument(id: "{document}")', "NotFound"),
    "renamePasskey": ('renamePasskey(id: "{passkey}", name: "x")', "NotFound"),
    "removePasskey": ('removePasskey(id: "{passkey}")', "NotFound"),
    "endSession": ('endSession(id: "{session}")', "NotFound"),
    "makeHandover": (
        'makeHandover(input: {{toWard: "131121", movesOn: "{movesOn}", people: ["{member}"], contents: "{sheet}"}})',
        "NotFound FieldsRefused",
    ),
    "askReach": ('askReach(kind: EMAIL, address: "ken@mail.example")', "FieldsRefused"),
    "confirmReach": ('confirmReach(code: "000000")', "FieldsRefused"),
    "forgetReach": ("forgetReach(kind: EMAIL)", OWN),
    "agreeSender": ('agreeSender(sender: "private:none", reference: "{subject}")', "NotFound"),
    "stopSender": ('stopSender(sender: "private:none")', OWN),
    "endFeed": ('endFeed(id: "{feed}")', "NotFound"),
    "makeFeed": ('makeFeed(about: "{subject}")', "NotFound"),
    "payByCard": ('payByCard(bill: "{bill}")', "NotFound"),
    "forgetSlip": ('forgetSlip(bill: "{bill}")', "NotFound"),
    "scanSlip": ('scanSlip(input: {{id: "{bill}", content: ""}})', "FieldsRefused"),
    "addSlip": ('addSlip(input: {{id: "{bill}", institution: "1", payment: "1", confirmation: "1"}})', "FieldsRefused"),
    "unlinkId": ('unlinkId(provider: "{link}")', "NotFound"),
    "tryPush": ('tryPush(endpoint: "{endpoint}")', "NotFound"),
    "unsubscribePush": ('unsubscribePush(endpoint: "{endpoint}")', OWN),
    "subscribePush": ('subscribePush(input: {{endpoint: "{endpoint}", p256dh: "{p256dh}", auth: "{auth}"}})', OWN),
    "offerMerge": ('offerMerge(token: "{merge}")', "Denied"),
    "mergeAccounts": ('mergeAccounts(token: "{merge}")', "Denied"),
    "beginMerge": ("beginMerge", OWN),
    "book": ('book(input: {{id: "{booking}", slot: "{slot}"}})', "NotFound"),
    "confirmBooking": ('confirmBooking(id: "{booking}")', "NotFound"),
    "moveBooking": ('moveBooking(id: "{booking}", slot: "{slot}")', "NotFound"),
    "cancelBooking": ('cancelBooking(id: "{booking}")', "NotFound"),
    "answerQuestion": ('answerQuestion(fact: "moving", value: false)', OWN),
    "changesRead": ("changesRead", OWN),
    "chooseMovingTo": ('chooseMovingTo(ward: "131121")', OWN),
    "chooseLanguage": ("chooseLanguage(language: EN)", OWN),
    "decideConsents": ('decideConsents(yes: [], no: ["registry", "school:prefill"])', OWN),
    "askConfirmation": ('askConfirmation(kind: "parent", ward: "131032", wanted: "そら")', OWN),
    "askRecords": ('askRecords(sources: ["school"])', OWN),
    "stopAskingRecords": ('stopAskingRecords(source: "school")', OWN),
    "tellOfLooks": ("tellOfLooks(told: EVERYTHING)", OWN),
    "setDeviceLock": ("setDeviceLock(minutes: 5)", OWN),
    "endOtherSessions": ("endOtherSessions", OWN),
    "joinPupil": ('joinPupil(code: "{pupil_code}")', "NotFound"),
    "allowPupilHelper": ('allowPupilHelper(pupil: "{pupil}")', "NotFound"),
    "leavePupil": ('leavePupil(pupil: "{pupil}")', "NotFound"),
    "choosePaper": ('choosePaper(pupil: "{pupil}", paper: true)', "NotFound"),
    "answerNotice": (
        'answerNotice(input: {{id: "{school_answer}", notice: "{school_notice}", pupil: "{pupil}",'
        ' answers: {{consent: "no"}}, answeredAt: "2026-01-01T00:00:00Z"}})',
        "NotFound",
    ),
    "reportAbsence": (
        'reportAbsence(input: {{id: "{absence}", version: 2, pupil: "{pupil}", kind: SICK, fromOn: "{movesOn}",'
        ' toOn: "{movesOn}", sentAt: "2026-01-01T00:00:00Z"}})',
        "NotFound",
    ),
    "writeToSchool": (
        'writeToSchool(input: {{id: "{school_answer}", notice: "{school_notice}", pupil: "{pupil}", text: "x",'
        ' files: ["{upload}"]}})',
        "NotFound",
    ),
    "deleteAccount": ('deleteAccount(typed: "削除")', OWN),
}
SUBSCRIPTIONS: Tried = {
    "refreshHome": ("refreshHome(anew: true)", OWN),
    "recordsRefreshed": ('recordsRefreshed(sources: ["school"])', OWN),
}
