import Glibc
import Statistics

/// The weight of every level, worked out once for millions of pairs.
struct LinkScale: Sendable {
    let parameters: LinkageParameters
    private let prior: Double
    /// K × L_k bits, one comparison after the other.
    private let bits: [[Double]]

    init(_ parameters: LinkageParameters) {
        self.parameters = parameters
        prior = parameters.priorBits
        bits = parameters.m.enumerated().map { comparison, levels in levels.indices.map { parameters.bits(comparison: comparison, level: $0) } }
    }

    /// As `LinkageParameters.weights(of:)` has the total, added up in the same order.
    func total(of pair: LinkPair) -> Double {
        var total = prior
        total += pair.unit.map { bits[0][$0] } ?? 0
        total += pair.name.map { bits[1][$0] } ?? 0
        total += pair.post.map { bits[2][$0] } ?? 0
        total += pair.date.map { bits[3][$0] } ?? 0
        guard let share = pair.nameShare, let name = pair.name else { return total }
        return total + log2(parameters.u[1][name] / share)
    }
}
