import java.io.FileInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF: {@code Vera <flavours, with commas> <files>}; one line for each pair, tab separated. */
public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                System.out.println(String.join("\t", "vera", flavour, arguments[i], judge(flavour, arguments[i])));
                System.out.flush();
            }
        }
    }

    /** PASS or FAIL, the number of checks, and what is wrong, each rule once. */
    static String judge(String name, String file) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("veraPDF knows no flavour " + name);
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            Map<String, String> wrong = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    wrong.putIfAbsent(rule, rule + " " + assertion.getMessage().replaceAll("\\s+", " "));
                }
            }
            String word = result.isCompliant() ? "PASS" : "FAIL";
            return word + "\t" + result.getTotalAssertions() + "\t" + String.join(" · ", wrong.values());
        }
    }
}
