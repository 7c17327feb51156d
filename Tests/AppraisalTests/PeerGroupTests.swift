import PipelineModel
import Testing
import Warehouse

@testable import Appraisal

@Suite struct PeerGroupTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// Members of each band and type.
        let sizes: [String: Int]
        var levels: [PeerGrouping] = [.rankBandAndPostType, .rankBand, .scheme]
        /// Group id and size.
        let groups: [String: Int]
        var left = 0
    }

    /// With at least 10 peers.
    static let cases = [
        Case(testDescription: "each stands by itself", sizes: ["a/x": 10, "a/y": 12], groups: ["county/a/x": 10, "county/a/y": 12]),
        Case(
            testDescription: "small ones pool within the band, the large one stays", sizes: ["a/x": 50, "a/y": 6, "a/z": 4],
            groups: ["county/a/x": 50, "county/a": 10]),
        Case(
            testDescription: "what is left of the bands pools in the scheme", sizes: ["a/x": 50, "a/y": 6, "b/x": 5],
            groups: ["county/a/x": 50, "county": 11]),
        Case(
            testDescription: "what is still left joins the largest of its band", sizes: ["a/x": 50, "a/y": 12, "b/x": 80, "a/z": 2],
            groups: ["county/a": 52, "county/a/y": 12, "county/b/x": 80]),
        Case(
            testDescription: "or of the nearest band, where its own has none", sizes: ["a/x": 80, "b/x": 50, "c/x": 2],
            groups: ["county/a/x": 80, "county/b+c": 52]),
        Case(
            testDescription: "or the largest, where its band is in no order", sizes: ["a/x": 80, "b/x": 50, "other/x": 2],
            groups: ["county/a+other": 82, "county/b/x": 50]),
        Case(
            testDescription: "each to its own nearest", sizes: ["a/x": 80, "a/y": 3, "c/x": 50, "d/x": 4],
            groups: ["county/a": 83, "county/c+d": 54]),
        Case(
            testDescription: "but not where the scheme never compares bands", sizes: ["a/x": 50, "c/x": 2], levels: [.rankBandAndPostType, .rankBand],
            groups: ["county/a/x": 50], left: 2),
        Case(testDescription: "all together", sizes: ["a/x": 4, "b/y": 6], groups: ["county": 10]),
        Case(testDescription: "too few", sizes: ["a/x": 4, "b/y": 5], groups: [:], left: 9),
        Case(testDescription: "nobody", sizes: [:], groups: [:]),
    ]

    @Test("groups", arguments: cases)
    func groups(example: Case) throws {
        let result = groups(of: example)
        #expect(Dictionary(uniqueKeysWithValues: result.groups.map { ($0.groupID, $0.size) }) == example.groups)
        #expect(result.notJudged.count == example.left)
        #expect(result.notJudged.allSatisfy { $0.reason == .tooFewPeers && $0.detail.contains("10") })
        #expect(result.members.count + result.notJudged.count == example.sizes.values.reduce(0, +))
        for (place, group) in result.groups.enumerated() {
            #expect(result.members.filter { $0.groupID == group.groupID && $0.group == place }.count == group.size)
            #expect(group.size >= 10)
            #expect((group.finestGroups > 1) == !group.mergedFrom.isEmpty)
        }
    }

    @Test("every mixture of sizes gives groups of their own names, large enough, with everybody in one", arguments: 0..<200)
    func mixtures(seed: Int) {
        var state = UInt64(seed) &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        var sizes: [String: Int] = [:]
        for key in ["a/x", "a/y", "a/z", "b/x", "b/y", "c/x", "d/y", "other/x", "other/w"] {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let size = Int(state >> 33) % 24 - 6
            if size > 0 { sizes[key] = size }
        }
        for levels in [[.rankBandAndPostType, .rankBand, .scheme], [.rankBandAndPostType, .scheme], [.rankBand, .scheme], [.rankBandAndPostType], [.scheme]]
            as [[PeerGrouping]]
        {
            let result = groups(of: Case(testDescription: "", sizes: sizes, levels: levels, groups: [:]))
            #expect(Set(result.groups.map(\.groupID)).count == result.groups.count)
            #expect(result.groups.allSatisfy { $0.size >= 10 })
            #expect(result.members.count + result.notJudged.count == sizes.values.reduce(0, +))
            // Where all may be compared, nobody is left out once there is a group.
            if levels.last == .scheme { #expect(result.groups.isEmpty || result.notJudged.isEmpty) }
        }
    }

    @Test("a merged group says what it holds and what its members share")
    func merged() throws {
        let group = try #require(groups(of: Self.cases[1]).groups.first { $0.groupID == "county/a" })
        #expect(group.grouping == .rankBand && group.rankBand == "a" && group.postType == nil && group.finestGroups == 2)
        #expect(group.mergedFrom == "county/a/y 6; county/a/z 4")
        let joined = try #require(groups(of: Self.cases[4]).groups.first { $0.groupID == "county/b+c" })
        #expect(joined.grouping == .scheme && joined.rankBand == nil && joined.postType == "x")
    }

    private func groups(of example: Case) -> PeerGroups {
        var scheme = AppraisalScheme(kind: .county, label: BilingualText(chinese: "", english: ""))
        scheme.minimumPeers = 10
        scheme.peerGroups = example.levels
        scheme.rankBands = ["a", "b", "c", "d"].map { RankBand(id: $0, ranks: []) }
        let window = MonthWindow(trailing: 12, asOf: World.asOf)
        var candidates: [Candidate] = []
        for (key, size) in example.sizes.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: "/").map(String.init)
            for number in 0..<size {
                candidates.append(
                    Candidate(
                        cadreID: "\(key)\(number)", kind: .county, unitID: "U1", post: nil, postType: parts[1], rank: nil, rankBand: parts[0],
                        postStart: window.first.firstDay, counted: window, window: window, exposureMonths: 12, leave: LongLeave()))
            }
        }
        return PeerGroups(of: candidates, schemes: [scheme])
    }
}
