/// Reads one file of the schemes' folder.
struct SchemeReader {
    /// Ids of the pipeline's indicators; `nil` where their file could not be read, so that no weight is called unknown for it.
    let indicators: [String]?
    let problems: ConfigurationProblems

    /// The scheme and where its kind stands; `nil` where the kind cannot be told.
    func read(_ root: YAMLNode) -> (scheme: AppraisalScheme, kindPlace: YAMLPlace)? {
        let section = YAMLSection<SchemeKey>(root, problems)
        let weights = weights(section)
        let bands = rankBands(section)
        let label = section.label(.label)
        let rotation = section.section(.rotation, RotationKey.self).map(SelectionReader(problems: problems).rotation)
        guard let kind = section.choice(.kind, KindOfBody.self) else { return nil }
        var scheme = AppraisalScheme(kind: kind, label: label)
        scheme.configurationFile = section.place.file
        scheme.windowMonths = section.integer(.windowMonths) ?? scheme.windowMonths
        scheme.minimumPeers = section.integer(.minimumPeers) ?? scheme.minimumPeers
        scheme.minimumExposureMonths = section.number(.minimumExposureMonths) ?? scheme.minimumExposureMonths
        scheme.concernShare = section.number(.concernShare) ?? scheme.concernShare
        scheme.rankBands = bands
        scheme.peerGroups = section.choices(.peerGroups, PeerGrouping.self) ?? scheme.peerGroups
        scheme.weights = weights
        scheme.rotation = rotation
        checkPeerGroups(section, scheme.peerGroups)
        return (scheme, section.place(.kind))
    }

    private func checkPeerGroups(_ section: YAMLSection<SchemeKey>, _ groups: [PeerGrouping]) {
        guard section.has(.peerGroups) else { return }
        if groups.isEmpty {
            problems.report(.missingKey, at: section.place(.peerGroups), "`peerGroups` is empty", hint: "list at least `scheme`")
        }
        let order = groups.compactMap { PeerGrouping.allCases.firstIndex(of: $0) }
        if zip(order, order.dropFirst()).contains(where: { $0 >= $1 }) {
            problems.report(
                .conflictingKeys, at: section.place(.peerGroups), "`peerGroups` must go from fine to coarse, each once",
                hint: "the order is " + PeerGrouping.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }

    private func rankBands(_ section: YAMLSection<SchemeKey>) -> [RankBand] {
        var bands: [RankBand] = []
        var places: [String: Int] = [:]
        for band in section.sections(.rankBands, RankBandKey.self) {
            let id = band.text(.id) ?? ""
            if bands.contains(where: { $0.id == id }), band.has(.id) {
                problems.report(.duplicateID, at: band.place(.id), value: id, "the rank band \(id) is there already", hint: "give each its own id")
            }
            for node in band.items(.ranks) {
                guard let rank = node.scalar else { continue }
                if let line = places[rank] {
                    problems.report(
                        .duplicateID, at: node.place, value: rank, "the rank \(rank) is in a band already, in line \(line)", hint: "keep it in one band")
                }
                places[rank] = places[rank] ?? node.place.line
            }
            bands.append(RankBand(id: id, ranks: band.texts(.ranks)))
        }
        return bands
    }

    private func weights(_ section: YAMLSection<SchemeKey>) -> [IndicatorWeight] {
        var weights: [IndicatorWeight] = []
        var complete = section.has(.weights)
        for entry in section.entries(.weights) {
            if let indicators, !indicators.contains(entry.key) {
                problems.report(
                    .unknownIndicator, at: entry.place, value: entry.key, "there is no indicator \(entry.key)",
                    hint: NearestName.hint(for: entry.key, among: indicators))
            }
            guard let weight = KeyType.number(0...1).checked(entry.value, problems)?.scalar.flatMap(Double.init) else {
                complete = false
                continue
            }
            weights.append(IndicatorWeight(indicator: entry.key, weight: weight))
        }
        let sum = weights.reduce(0) { $0 + $1.weight }
        // A weight that could not be read says nothing about the sum.
        if complete, !(abs(sum - 1) <= 1e-9) {
            problems.report(
                .weightsDoNotSumToOne, at: section.place(.weights), "the weights sum to \(rounded(sum)) instead of 1",
                hint: sum > 0 ? "change one of them by \(rounded(1 - sum))" : "weigh at least one indicator")
        }
        return weights
    }

    /// A number as people write it: at most nine decimals.
    private func rounded(_ number: Double) -> Double { (number * 1e9).rounded() / 1e9 }
}
