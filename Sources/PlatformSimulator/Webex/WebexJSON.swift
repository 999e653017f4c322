extension JSONBytes {
    mutating func webexSummary(_ recording: WebexRecording, world: WebexWorld, zone: FixedZone) {
        let (high, low) = recording.key.identifier(seed: world.seed)
        raw("{\"recordingId\":\"")
        hexadecimal(high)
        hexadecimal(low)
        raw("\",\"topic\":")
        raw(world.topicBytes[recording.topic])
        raw(",\"timeRecorded\":")
        timestamp(recording.time, zone: zone)
        raw(",\"siteUrl\":")
        raw(world.siteBytes[recording.key.site])
        raw(",\"hostEmail\":")
        raw(world.hostBytes[recording.key.site][recording.host])
        raw(",\"viewCount\":")
        integer(recording.views)
        raw(",\"downloadCount\":")
        integer(recording.downloads)
        raw("}")
    }

    mutating func webexAccessRow(
        _ row: WebexAccessRow,
        of recording: WebexRecording,
        world: WebexWorld,
        zone: FixedZone
    ) {
        let (high, low) = recording.key.identifier(seed: world.seed)
        raw("{\"recordingId\":\"")
        hexadecimal(high)
        hexadecimal(low)
        raw("\",\"topic\":")
        raw(world.topicBytes[recording.topic])
        if let name = row.name {
            raw(",\"name\":")
            string(name)
        }
        if let email = row.email {
            raw(",\"email\":")
            string(email)
        }
        raw(",\"accessTime\":")
        timestamp(row.accessTime, zone: zone)
        raw(",\"viewed\":")
        boolean(row.viewed)
        raw(",\"downloaded\":")
        boolean(row.downloaded)
        raw("}")
    }
}
