package dev.pxekit.dhcp.lease;

class MemoryLeaseStoreTest extends LeaseStoreContract {

    @Override
    LeaseStore open() {
        return LeaseStore.inMemory();
    }
}
