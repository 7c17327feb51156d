import Testing

@testable import Statistics

@Suite struct AcceleratedStepsTests {
    /// x → b + A x with A symmetric: each coordinate of a rotated basis creeps towards 1 at its own rate.
    private static func step(_ x: [Double], rates: [Double]) -> [Double] {
        let (c, s) = (0.8, 0.6)
        // Neighbouring coordinates are rotated into each other, so that no coordinate stands for one rate.
        var turned = x.map { $0 - 1 }
        for place in stride(from: 0, to: x.count - 1, by: 2) {
            (turned[place], turned[place + 1]) = (c * turned[place] + s * turned[place + 1], -s * turned[place] + c * turned[place + 1])
        }
        for place in turned.indices { turned[place] *= rates[place] }
        for place in stride(from: 0, to: x.count - 1, by: 2) {
            (turned[place], turned[place + 1]) = (c * turned[place] - s * turned[place + 1], s * turned[place] + c * turned[place + 1])
        }
        return turned.map { $0 + 1 }
    }

    @Test("a linear sequence of slow rates ends after about as many steps as it has rates", arguments: [2, 6, 12])
    func linear(size: Int) {
        let rates = (0..<size).map { 0.999 - 0.08 * Double($0) }
        var steps = AcceleratedSteps(depth: 20)
        var x = (0..<size).map { Double($0) - 3 }
        var count = 0
        while count < 100 {
            let image = Self.step(x, rates: rates)
            count += 1
            if zip(image, x).allSatisfy({ ($0 - $1).magnitude <= 1e-9 }) { break }
            x = steps.next(from: x, to: image)
        }
        #expect(count <= 2 * size + 6)
        #expect(x.allSatisfy { ($0 - 1).magnitude < 1e-5 })
    }

    @Test("with nothing remembered the plain step is taken, and so it is after a restart")
    func plain() {
        var steps = AcceleratedSteps(depth: 3)
        #expect(steps.next(from: [0, 0], to: [1, 2]) == [1, 2])
        #expect(steps.next(from: [1, 2], to: [1.5, 3]) != [1.5, 3])
        steps.restart()
        #expect(steps.next(from: [5, 5], to: [6, 7]) == [6, 7])
    }

    @Test("a step that repeats itself shows nothing, and divides by nothing")
    func repeated() {
        var steps = AcceleratedSteps(depth: 3)
        for _ in 0..<3 { #expect(steps.next(from: [0, 0], to: [1, 2]) == [1, 2]) }
    }
}
