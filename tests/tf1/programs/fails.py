import fails_beside

fails_beside.fail()
