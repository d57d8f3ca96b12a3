package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8415 §16, type by type. */
class MessageRulesTest {

    private static final String XID = "000001";
    private static final String CLIENT = "0001000a00030001525400770001";
    private static final String SERVER = "0002000a00030001525400770002";
    private static final String ADDRESS = "20010db8000000000000000000000001";
    private static final String IA_NA = "0003000c000000000000000000000000";
    private static final String IA_TA = "0004000400000000";
    private static final String IA_PD = "0019000c000000000000000000000000";
    private static final String IA_ADDRESS = "00050018" + ADDRESS + "0000000000000000";
    private static final String AUTHENTICATION = "000b000b0301000000000000000000";
    private static final String RELAY = "0c00" + ADDRESS + ADDRESS;

    private static Dhcp6Message decode(String hex) throws DhcpFormatException {
        return Dhcp6Codec.decode(HexFormat.of().parseHex(hex));
    }

    private static List<String> invalid(String hex) throws DhcpFormatException {
        return decode(hex).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(DhcpDiagnostic.INVALID))
                .map(DhcpDiagnostic::message)
                .toList();
    }

    /** The options by letter: client identifier, server identifier, IA. */
    private static String options(String letters) {
        return (letters.contains("c") ? CLIENT : "")
                + (letters.contains("s") ? SERVER : "")
                + (letters.contains("i") ? IA_NA : "");
    }

    @ParameterizedTest
    @CsvSource({
        "SOLICIT, c, '-,s,cs'",
        "ADVERTISE, cs, '-,c,s'",
        "REQUEST, cs, '-,c,s'",
        "CONFIRM, c, '-,s,cs'",
        "RENEW, cs, '-,c,s'",
        "REBIND, c, '-,s,cs'",
        "REPLY, cs, '-,c'",
        "REPLY, s, '-,c'",
        "RELEASE, cs, '-,c,s'",
        "DECLINE, cs, '-,c,s'",
        "INFORMATION-REQUEST, -, 'i,ci'",
        "INFORMATION-REQUEST, c, 'i'",
        "INFORMATION-REQUEST, cs, 'i'",
        "LEASEQUERY-REPLY, cs, 'c,s'"
    })
    void asksForIdentifiers(String type, String valid, String invalid) throws Exception {
        String header = String.format("%02x", Dhcp6MessageType.parse(type).code()) + XID;
        assertThat(invalid(header + options(valid))).isEmpty();
        for (String letters : List.of(invalid.split(",", -1))) {
            assertThat(invalid(header + options(letters))).as(letters).isNotEmpty();
            assertThat(decode(header + options(letters)).isValidForServer()).isFalse();
            assertThat(decode(header + options(letters)).isValidForClient()).isFalse();
        }
    }

    @Test
    void refusesEveryIdentityAssociationInAnInformationRequest() throws Exception {
        for (String association : List.of(IA_NA, IA_TA, IA_PD)) {
            assertThat(invalid("0b" + XID + CLIENT + association)).hasSize(1);
            assertThat(invalid("01" + XID + CLIENT + association)).isEmpty();
        }
    }

    @Test
    void refusesIdentifiersThatAreNoneEvenWhereTheyNeedNotBe() throws Exception {
        assertThat(invalid("0b" + XID + "00010000")).hasSize(1);
        assertThat(invalid("0b" + XID + "000200020001")).hasSize(1);
        assertThat(invalid("0b" + XID + "00010083" + "00".repeat(131))).hasSize(1);
        assertThat(invalid("0b" + XID + "00010082" + "00".repeat(130))).isEmpty();
    }

    @Test
    void refusesIdentifiersThatAreThereTwice() throws Exception {
        assertThat(invalid("01" + XID + CLIENT + CLIENT))
                .containsExactly("SOLICIT with option 1 (client identifier) twice");
        assertThat(invalid("07" + XID + SERVER + SERVER)).hasSize(1);
    }

    @Test
    void refusesUnknownTypes() throws Exception {
        for (String type : List.of("00", "ff", "c8")) {
            assertThat(invalid(type + XID + CLIENT)).hasSize(1);
        }
    }

    @Test
    void asksForWhatAReconfigureIsToTell() throws Exception {
        String header = "0a000000" + CLIENT + SERVER;
        String renew = "0013000105";
        assertThat(invalid(header + renew + AUTHENTICATION)).isEmpty();
        assertThat(decode(header + renew + AUTHENTICATION).isValidForClient()).isTrue();
        assertThat(invalid(header + AUTHENTICATION)).hasSize(1);
        assertThat(invalid(header + renew)).hasSize(1);
        assertThat(invalid("0a000000" + SERVER + renew + AUTHENTICATION)).hasSize(1);
        assertThat(invalid(header + "0013000101" + AUTHENTICATION))
                .containsExactly("RECONFIGURE that asks for SOLICIT (expected: RENEW, REBIND or INFORMATION-REQUEST)");
        assertThat(invalid(header + "001300010b" + AUTHENTICATION)).isEmpty();
        assertThat(invalid(header + "001300010b" + AUTHENTICATION + IA_NA)).isEmpty();
    }

    @Test
    void asksForWhatLaterDocumentsSay() throws Exception {
        assertThat(invalid("0e" + XID + CLIENT)).hasSize(1);
        assertThat(invalid("0e" + XID + CLIENT + "002c0011" + "01" + ADDRESS)).isEmpty();
        assertThat(invalid("14000000")).hasSize(1);
        assertThat(invalid("14000000" + "00570000")).isEmpty();
        assertThat(invalid("24" + XID + CLIENT + IA_ADDRESS)).isEmpty();
        assertThat(invalid("24" + XID + CLIENT)).hasSize(1);
        assertThat(invalid("24" + XID + CLIENT + IA_ADDRESS + SERVER)).hasSize(1);
        assertThat(invalid("24" + XID + CLIENT + IA_ADDRESS + "000600020017")).hasSize(1);
    }

    @Test
    void refusesARelayAgentMessageWithoutAMessage() throws Exception {
        assertThat(invalid(RELAY)).containsExactly("RELAY-FORW without a message in it");
        assertThat(invalid(RELAY + "00090000")).hasSize(1);
        assertThat(invalid(RELAY + "00090026" + RELAY + "00120000")).hasSize(1);
    }

    @Test
    void refusesARelayAgentMessageWithTwoMessages() throws Exception {
        String solicit = "00090012" + "01" + XID + CLIENT;
        assertThat(invalid(RELAY + solicit)).isEmpty();
        assertThat(invalid(RELAY + solicit + solicit)).hasSize(1);
    }

    /** The limit is for relay agents that send a message on (RFC 8415 §19.1.2), and was 32 before. */
    @Test
    void takesAnyHopCount() throws Exception {
        String rest = ADDRESS + ADDRESS + "00090012" + "01" + XID + CLIENT;
        assertThat(invalid("0c08" + rest)).isEmpty();
        assertThat(invalid("0cff" + rest)).isEmpty();
    }

    @Test
    void tellsWhatIsWrongInsideOfRelayAgentMessages() throws Exception {
        Dhcp6Message message = decode(RELAY + "00090004" + "01" + XID);
        assertThat(message.diagnostics())
                .containsExactly(
                        new DhcpDiagnostic(DhcpDiagnostic.INVALID, "SOLICIT without option 1 (client identifier)", 38));
        assertThat(message.isValidForServer()).isFalse();
    }

    @Test
    void tellsMessagesForServersFromThoseForClients() throws Exception {
        Dhcp6Message reply = decode("07" + XID + CLIENT + SERVER);
        assertThat(reply.isValidForClient()).isTrue();
        assertThat(reply.isValidForServer()).isFalse();
        Dhcp6Message solicit = decode("01" + XID + CLIENT);
        assertThat(solicit.isValidForClient()).isFalse();
        assertThat(solicit.isValidForServer()).isTrue();
        Dhcp6Message relayedReply = decode("0d00" + ADDRESS + ADDRESS + "00090004" + "07" + XID);
        assertThat(relayedReply.isValidForServer()).isFalse();
        assertThat(relayedReply.isValidForClient()).isFalse();
        assertThat(decode("0d00" + ADDRESS + ADDRESS + "00090012" + "01" + XID + CLIENT)
                        .isValidForServer())
                .isFalse();
    }
}
