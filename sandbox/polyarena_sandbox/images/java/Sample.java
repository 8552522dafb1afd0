import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** A program with a little of everything: compiling it shows which of javac's classes to keep. */
public class Sample {
    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Colour { RED, GREEN }

    static abstract class Node<T extends Comparable<T>> implements Iterable<T> {
        protected final List<T> items = new ArrayList<>();

        abstract Optional<T> first();

        @Override
        public Iterator<T> iterator() {
            return items.iterator();
        }
    }

    static double area(Shape shape) {
        if (shape instanceof Circle circle) {
            return Math.PI * circle.radius() * circle.radius();
        }
        return Math.pow(((Square) shape).side(), 2);
    }

    public static void main(String[] args) throws Exception {
        var counts = new TreeMap<String, Integer>();
        try (var scanner = new Scanner(System.in)) {
            while (scanner.hasNextLine()) {
                for (String word : scanner.nextLine().split("\\s+")) {
                    counts.merge(word, 1, Integer::sum);
                }
            }
        } catch (IllegalStateException error) {
            System.err.println(error.getMessage());
        }
        int[] numbers = {3, 1, 2};
        Arrays.sort(numbers);
        Function<Integer, Integer> twice = n -> n * 2;
        String text = switch (Colour.values().length) {
            case 2 -> "two";
            default -> "many";
        };
        var node = new Node<String>() {
            @Override
            Optional<String> first() {
                return items.stream().findFirst();
            }
        };
        System.out.println(IntStream.of(numbers).boxed().map(twice).collect(Collectors.toList()));
        System.out.printf("%s %.2f %s %s%n", text, area(new Circle(1)), node.first(), counts);
    }
}
